package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numerics as Postgres sends them, in 16-bit words:
 *
 * <pre>
 *   count | weight | sign | display scale | digit 0 | … | digit count-1
 * </pre>
 *
 * Digits have base 10000; digit i stands for digit × 10000^(weight − i). The sign word also marks NaN and the infinities.
 */
final class BinaryNumeric {
    private static final int HEADER = 8;
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int POSITIVE_INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;

    private static final int DECIMALS_PER_DIGIT = 4;
    /** This many digits fit a long, whatever they are. */
    private static final int LONG_DIGITS = 4;

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1000};

    private BinaryNumeric() {}

    static Decimal decode(byte[] bytes, int offset) {
        int sign = BinaryFormat.int16(bytes, offset + 4) & 0xFFFF;
        return switch (sign) {
            case POSITIVE, NEGATIVE -> Decimal.of(finite(bytes, offset, sign == NEGATIVE));
            case NAN -> Decimal.NAN;
            case POSITIVE_INFINITY -> Decimal.POSITIVE_INFINITY;
            case NEGATIVE_INFINITY -> Decimal.NEGATIVE_INFINITY;
            default ->
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "numeric with the unknown sign 0x" + Integer.toHexString(sign));
        };
    }

    private static BigDecimal finite(byte[] bytes, int offset, boolean negative) {
        int count = BinaryFormat.int16(bytes, offset);
        int weight = BinaryFormat.int16(bytes, offset + 2);
        int displayScale = BinaryFormat.int16(bytes, offset + 6);
        int scale = (count - 1 - weight) * DECIMALS_PER_DIGIT;
        int excess = scale - displayScale;
        if (count <= LONG_DIGITS && excess > -DECIMALS_PER_DIGIT && excess < DECIMALS_PER_DIGIT) {
            long unscaled = 0;
            for (int i = 0; i < count; i++) {
                unscaled = unscaled * 10_000 + digit(bytes, offset, i);
            }
            // The last digit is filled up with zeros, or its trailing zeros are not shown: at most three either way.
            // 10^16 times 10^3 is above a long's range, hence at most three digits where there is something to
            // multiply.
            if (excess >= 0) {
                unscaled /= POWERS_OF_TEN[excess];
                return BigDecimal.valueOf(negative ? -unscaled : unscaled, displayScale);
            }
            if (count < LONG_DIGITS) {
                unscaled *= POWERS_OF_TEN[-excess];
                return BigDecimal.valueOf(negative ? -unscaled : unscaled, displayScale);
            }
        }
        return large(bytes, offset, count, scale, negative).setScale(displayScale);
    }

    private static BigDecimal large(byte[] bytes, int offset, int count, int scale, boolean negative) {
        if (count == 0) {
            return BigDecimal.ZERO;
        }
        StringBuilder decimals = new StringBuilder(count * DECIMALS_PER_DIGIT + 1);
        if (negative) {
            decimals.append('-');
        }
        for (int i = 0; i < count; i++) {
            int digit = digit(bytes, offset, i);
            decimals.append((char) ('0' + digit / 1000))
                    .append((char) ('0' + digit / 100 % 10))
                    .append((char) ('0' + digit / 10 % 10))
                    .append((char) ('0' + digit % 10));
        }
        return new BigDecimal(new BigInteger(decimals.toString()), scale);
    }

    private static int digit(byte[] bytes, int offset, int index) {
        return BinaryFormat.int16(bytes, offset + HEADER + 2 * index);
    }
}
