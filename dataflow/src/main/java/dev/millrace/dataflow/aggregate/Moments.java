package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.plan.AggregateKind;
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
    static Moments of(AggregateKind kind) {
        return switch (kind) {
            case VAR_POP -> new Moments(false, false);
            case VAR_SAMP -> new Moments(true, false);
            case STDDEV_POP -> new Moments(false, true);
            case STDDEV_SAMP -> new Moments(true, true);
            default -> throw new IllegalArgumentException("not a variance: " + kind);
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
     * The exact variance rounded to float8, and of that the root; Postgres rounds on the way.
     *
     * @throws MillraceException with {@code DATA_ERROR} if the sum, or the sum of the squared deviations, is out of range, as there
     */
    double float8(long count, BigDecimal sum, BigDecimal squares) {
        BigDecimal numerator = numerator(count, sum, squares);
        double deviations = numerator
                .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                .doubleValue();
        if (Double.isInfinite(deviations) || Double.isInfinite(sum.doubleValue())) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        double variance =
                numerator.divide(denominator(count), MathContext.DECIMAL128).doubleValue();
        return root ? Math.sqrt(variance) : variance;
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
