package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.plan.Plan.AggregateKind;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A variance or a standard deviation, from the number of values, their sum and the sum of their squares.
 *
 * @param sample whether the values are a sample, so that the divisor is one less than their number; of a single value there is no result then
 * @param root whether it is the standard deviation
 */
record Moments(boolean sample, boolean root) {
    /** More than the digits of a float8, by so much that what is cut off does not show. */
    private static final int FLOAT_DIGITS = 40;

    static Moments of(AggregateKind kind) {
        return switch (kind) {
            case VAR_POP -> new Moments(false, false);
            case VAR_SAMP -> new Moments(true, false);
            case STDDEV_POP -> new Moments(false, true);
            case STDDEV_SAMP -> new Moments(true, true);
            case COUNT, SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, SINGLE_VALUE ->
                throw new IllegalArgumentException("not a variance: " + kind);
        };
    }

    /** Whether so many values have one. */
    boolean isDefined(long count) {
        return count > (sample ? 1 : 0);
    }

    /** With the scale that Postgres's {@code numeric_stddev_internal} selects; the sum has the greatest scale of the values. */
    Decimal numeric(long count, BigDecimal sum, BigDecimal squares) {
        BigDecimal numerator = numerator(count, sum, squares.setScale(2 * sum.scale(), RoundingMode.UNNECESSARY));
        if (numerator.signum() <= 0) {
            return Decimal.ZERO;
        }
        BigDecimal variance = DecimalMath.divide(numerator, denominator(count));
        return Decimal.of(root ? squareRoot(variance, variance.scale()) : variance);
    }

    /**
     * Rounded to float8 once; Postgres rounds on the way.
     *
     * @throws MillraceException with {@code DATA_ERROR} if it is out of range
     */
    double float8(long count, BigDecimal sum, BigDecimal squares) {
        BigDecimal numerator = numerator(count, sum, squares);
        if (numerator.signum() <= 0) {
            return 0;
        }
        BigDecimal variance = numerator.divide(denominator(count), new MathContext(2 * FLOAT_DIGITS));
        int wholeDigits = variance.precision() - variance.scale();
        double result =
                root ? squareRoot(variance, FLOAT_DIGITS - wholeDigits / 2).doubleValue() : variance.doubleValue();
        if (Double.isInfinite(result)) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        return result;
    }

    private static BigDecimal numerator(long count, BigDecimal sum, BigDecimal squares) {
        return BigDecimal.valueOf(count).multiply(squares).subtract(sum.multiply(sum));
    }

    private BigDecimal denominator(long count) {
        return BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(sample ? count - 1 : count));
    }

    /** The root, rounded to this scale, halves away from zero. */
    private static BigDecimal squareRoot(BigDecimal value, int scale) {
        // Digits that are cut off before do not change those that are kept: the floor of a root is the root of the
        // floor.
        BigInteger shifted = value.setScale(2 * (scale + 1), RoundingMode.DOWN).unscaledValue();
        return new BigDecimal(shifted.sqrt(), scale + 1).setScale(scale, RoundingMode.HALF_UP);
    }
}
