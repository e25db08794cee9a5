package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.util.UUID;

/** Numbers whose order is that of the values they are made of, as far as their bits reach: equal numbers say nothing. */
final class Prefixes {
    private static final int SURROGATES = 0x2000;
    private static final int ABOVE_SURROGATES = 0x800;

    private Prefixes() {}

    static long of(int value) {
        return value;
    }

    static long of(short value) {
        return value;
    }

    static long of(long value) {
        return value;
    }

    static long of(float value) {
        return of((double) value);
    }

    static long of(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    static long of(Decimal value) {
        return of(value.doubleValue());
    }

    /** The first four chars, in the order of code points: surrogates stand above all other chars. */
    static long of(String value) {
        long prefix = 0;
        for (int i = 0; i < 4; i++) {
            int unit = i < value.length() ? value.charAt(i) : 0;
            if (unit >= Character.MIN_SURROGATE) {
                unit += unit <= Character.MAX_SURROGATE ? SURROGATES : -ABOVE_SURROGATES;
            }
            prefix = (prefix << Character.SIZE) | unit;
        }
        return prefix ^ Long.MIN_VALUE;
    }

    /** The first eight bytes, unsigned. */
    static long of(Bytes value) {
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = (prefix << Byte.SIZE) | (i < value.array().length ? value.array()[i] & 0xFF : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    static long of(UUID value) {
        return value.getMostSignificantBits() ^ Long.MIN_VALUE;
    }

    /** Nothing: its elements are seldom what rows are ordered by. */
    static long of(ArrayValue value) {
        return 0;
    }

    /** As of arrays. */
    static long of(Jsonb value) {
        return 0;
    }

    static long of(EnumLabel value) {
        return of(value.order());
    }

    static long of(TimeTz value) {
        return value.microsUtc();
    }

    /** The whole days that it comes to. */
    static long of(Interval value) {
        return value.totalDays();
    }
}
