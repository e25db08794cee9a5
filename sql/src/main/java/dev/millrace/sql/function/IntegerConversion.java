package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Casts to the integer types: numerics are rounded half away from zero, floats half to even. */
public final class IntegerConversion {
    private static final double TWO_TO_63 = 0x1p63;

    private IntegerConversion() {}

    public static short int2(short value) {
        return value;
    }

    public static short int2(int value) {
        return narrowed2(value);
    }

    public static short int2(long value) {
        return narrowed2(value);
    }

    public static short int2(float value) {
        return narrowed2(rounded(value, DataType.INT2));
    }

    public static short int2(double value) {
        return narrowed2(rounded(value, DataType.INT2));
    }

    public static short int2(Decimal value) {
        return narrowed2(rounded(value, DataType.INT2));
    }

    public static short int2(String value) {
        return narrowed2(parsed(value, DataType.INT2));
    }

    public static int int4(boolean value) {
        return value ? 1 : 0;
    }

    public static int int4(short value) {
        return value;
    }

    public static int int4(int value) {
        return value;
    }

    public static int int4(long value) {
        return narrowed4(value);
    }

    public static int int4(float value) {
        return narrowed4(rounded(value, DataType.INT4));
    }

    public static int int4(double value) {
        return narrowed4(rounded(value, DataType.INT4));
    }

    public static int int4(Decimal value) {
        return narrowed4(rounded(value, DataType.INT4));
    }

    public static int int4(String value) {
        return narrowed4(parsed(value, DataType.INT4));
    }

    public static long int8(short value) {
        return value;
    }

    public static long int8(int value) {
        return value;
    }

    public static long int8(long value) {
        return value;
    }

    public static long int8(float value) {
        return rounded(value, DataType.INT8);
    }

    public static long int8(double value) {
        return rounded(value, DataType.INT8);
    }

    public static long int8(Decimal value) {
        return rounded(value, DataType.INT8);
    }

    public static long int8(String value) {
        return parsed(value, DataType.INT8);
    }

    private static short narrowed2(long value) {
        if (value != (short) value) {
            throw DataErrors.outOfRange(DataType.INT2);
        }
        return (short) value;
    }

    private static int narrowed4(long value) {
        if (value != (int) value) {
            throw DataErrors.outOfRange(DataType.INT4);
        }
        return (int) value;
    }

    /** NaN is in no range either. */
    private static long rounded(double value, DataType target) {
        double rounded = Math.rint(value);
        if (!(rounded >= -TWO_TO_63 && rounded < TWO_TO_63)) {
            throw DataErrors.outOfRange(target);
        }
        return (long) rounded;
    }

    private static long rounded(Decimal value, DataType target) {
        if (!value.isFinite()) {
            throw DataErrors.outOfRange(target);
        }
        BigDecimal rounded = value.value().setScale(0, RoundingMode.HALF_UP);
        return inRange(rounded.toBigInteger(), target);
    }

    private static long parsed(String text, DataType target) {
        return inRange(TextForm.parseInteger(target, text), target);
    }

    private static long inRange(BigInteger value, DataType target) {
        if (value.bitLength() >= Long.SIZE) {
            throw DataErrors.outOfRange(target);
        }
        return value.longValue();
    }
}
