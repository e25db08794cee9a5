package dev.millrace.dataflow.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Postgres's division of numerics ({@code select_div_scale} and {@code div_var} in its {@code numeric.c}): the result has at least 16 significant
 * digits, estimated from the first base-10000 digits of both operands, and no smaller a scale than either; halves are rounded away from zero.
 */
final class NumericDivision {
    private static final int SIGNIFICANT_DIGITS = 16;
    private static final int DIGITS = 4;
    private static final int MAX_SCALE = 1000;

    private NumericDivision() {}

    static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, scale(dividend, divisor), RoundingMode.HALF_UP);
    }

    private static int scale(BigDecimal dividend, BigDecimal divisor) {
        int quotientWeight = weight(dividend) - weight(divisor);
        if (firstDigit(dividend) <= firstDigit(divisor)) {
            quotientWeight--;
        }
        int scale = SIGNIFICANT_DIGITS - quotientWeight * DIGITS;
        return Math.clamp(Math.max(scale, Math.max(dividend.scale(), divisor.scale())), 0, MAX_SCALE);
    }

    /** The power of 10000 of the first base-10000 digit; 0 for zero. */
    private static int weight(BigDecimal number) {
        return number.signum() == 0 ? 0 : Math.floorDiv(number.precision() - number.scale() - 1, DIGITS);
    }

    private static int firstDigit(BigDecimal number) {
        return number.abs().movePointLeft(weight(number) * DIGITS).intValue();
    }
}
