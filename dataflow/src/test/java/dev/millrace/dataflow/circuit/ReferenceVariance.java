package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Variance and standard deviation over the values of a group that are not null, from {@code d = n·Σx² − (Σx)²} without rounding: the variance is
 * {@code d / n²}, that of a sample {@code d / n(n − 1)}.
 *
 * <p>Of integers and numerics the scales are those of Postgres's {@code numeric_stddev_internal}: d has twice the greatest scale of a value, the quotient
 * the scale of a numeric division, the root is that of the rounded quotient and has its scale; no variance at all is a plain 0. One value that is no
 * number makes the result NaN.
 *
 * <p>Of floats the quotient is rounded to 34 digits, then to a double, and the root is the double's. A sum, or a sum of squared deviations, that is no
 * double is a data error, as it is there.
 */
final class ReferenceVariance {
    private final boolean sample;
    private final boolean root;

    ReferenceVariance(AggregateKind kind) {
        this.sample = kind == AggregateKind.VAR_SAMP || kind == AggregateKind.STDDEV_SAMP;
        this.root = kind == AggregateKind.STDDEV_POP || kind == AggregateKind.STDDEV_SAMP;
    }

    @Nullable
    Object compute(DataType type, List<Object> values) {
        if (values.size() < (sample ? 2 : 1)) {
            return null;
        }
        return type == DataType.FLOAT4 || type == DataType.FLOAT8 ? ofFloats(values) : ofNumerics(values);
    }

    private Decimal ofNumerics(List<Object> values) {
        List<Decimal> numbers = values.stream()
                .map(value -> value instanceof Decimal number ? number : Decimal.of(((Number) value).longValue()))
                .toList();
        if (!numbers.stream().allMatch(Decimal::isFinite)) {
            return Decimal.NAN;
        }
        int scale = numbers.stream().mapToInt(Decimal::scale).max().orElseThrow();
        BigDecimal d = deviation(numbers.stream().map(Decimal::value).toList());
        if (d.signum() == 0) {
            return Decimal.ZERO;
        }
        BigDecimal variance = DecimalMath.divide(d.setScale(2 * scale), divisor(numbers.size()));
        return Decimal.of(root ? squareRoot(variance) : variance);
    }

    private double ofFloats(List<Object> values) {
        List<Double> numbers =
                values.stream().map(value -> ((Number) value).doubleValue()).toList();
        if (!numbers.stream().allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        List<BigDecimal> exact = numbers.stream().map(BigDecimal::new).toList();
        BigDecimal d = deviation(exact);
        BigDecimal count = BigDecimal.valueOf(numbers.size());
        BigDecimal sum = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (Double.isInfinite(sum.doubleValue())
                || Double.isInfinite(d.divide(count, MathContext.DECIMAL128).doubleValue())) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        double variance =
                d.divide(divisor(numbers.size()), MathContext.DECIMAL128).doubleValue();
        return root ? Math.sqrt(variance) : variance;
    }

    private static BigDecimal deviation(List<BigDecimal> values) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }
        return squares.multiply(BigDecimal.valueOf(values.size())).subtract(sum.multiply(sum));
    }

    private BigDecimal divisor(int count) {
        return BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(sample ? count - 1L : count));
    }

    /** To the argument's scale, halves away from zero: the whole root of the number with one more digit, of which that is then rounded. */
    private static BigDecimal squareRoot(BigDecimal value) {
        int scale = value.scale() + 1;
        BigInteger shifted = value.movePointRight(2 * scale).toBigInteger();
        return new BigDecimal(shifted.sqrt(), scale).setScale(value.scale(), RoundingMode.HALF_UP);
    }
}
