package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates of pairs {@code (y, x)} by their definitions: of the distances {@code n·x − Σx} from the mean, times n, exactly; numbers that are none as IEEE 754 has them. */
final class ReferenceRegression {
    private final List<Double> ys;
    private final List<Double> xs;

    /** Of values neither of which is null. */
    ReferenceRegression(List<Double> ys, List<Double> xs) {
        this.ys = ys;
        this.xs = xs;
    }

    @Nullable
    Object compute(AggregateKind kind) {
        long n = ys.size();
        if (kind == AggregateKind.REGR_COUNT) {
            return n;
        }
        if (n == 0) {
            return null;
        }
        boolean goodX = xs.stream().allMatch(Double::isFinite);
        boolean goodY = ys.stream().allMatch(Double::isFinite);
        // All times n².
        BigDecimal sxx = goodX ? products(xs, xs) : BigDecimal.ZERO;
        BigDecimal syy = goodY ? products(ys, ys) : BigDecimal.ZERO;
        BigDecimal sxy = goodX && goodY ? products(xs, ys) : BigDecimal.ZERO;
        requireInRange(goodX, sum(xs), sxx);
        requireInRange(goodY, sum(ys), syy);
        requireInRange(goodX && goodY, BigDecimal.ZERO, sxy);
        BigDecimal n2 = BigDecimal.valueOf(n * n);
        boolean good = goodX && goodY;
        boolean constantX = goodX && sxx.signum() == 0;
        boolean constantY = goodY && syy.signum() == 0;
        return switch (kind) {
            case REGR_AVGX -> average(xs);
            case REGR_AVGY -> average(ys);
            case REGR_SXX -> quotient(goodX, sxx, n2);
            case REGR_SYY -> quotient(goodY, syy, n2);
            case REGR_SXY -> quotient(good, sxy, n2);
            case COVAR_POP -> quotient(good, sxy, n2.multiply(BigDecimal.valueOf(n)));
            case COVAR_SAMP -> n == 1 ? null : quotient(good, sxy, n2.multiply(BigDecimal.valueOf(n - 1)));
            case CORR ->
                constantX || constantY
                        ? null
                        : quotient(good, sxy, good ? sxx.multiply(syy).sqrt(MathContext.DECIMAL128) : BigDecimal.ONE);
            case REGR_R2 ->
                constantX ? null : constantY ? (Double) 1.0 : (Double) quotient(good, sxy.pow(2), sxx.multiply(syy));
            case REGR_SLOPE -> constantX ? null : quotient(good, sxy, sxx);
            case REGR_INTERCEPT ->
                constantX
                        ? null
                        : quotient(
                                good,
                                sum(ys).multiply(sxx).subtract(sum(xs).multiply(sxy)),
                                sxx.multiply(BigDecimal.valueOf(n)));
            default -> throw new IllegalArgumentException("not of pairs: " + kind);
        };
    }

    private static double quotient(boolean good, BigDecimal dividend, BigDecimal divisor) {
        return good ? dividend.divide(divisor, MathContext.DECIMAL128).doubleValue() : Double.NaN;
    }

    private static double average(List<Double> values) {
        if (values.stream().allMatch(Double::isFinite)) {
            return quotient(true, sum(values), BigDecimal.valueOf(values.size()));
        }
        return values.stream().filter(value -> !Double.isFinite(value)).reduce(0.0, Double::sum);
    }

    /** Of those that are finite. */
    private static BigDecimal sum(List<Double> values) {
        return values.stream().filter(Double::isFinite).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal products(List<Double> left, List<Double> right) {
        List<BigDecimal> lefts = distances(left);
        List<BigDecimal> rights = distances(right);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < lefts.size(); i++) {
            sum = sum.add(lefts.get(i).multiply(rights.get(i)));
        }
        return sum;
    }

    private static List<BigDecimal> distances(List<Double> values) {
        BigDecimal sum = sum(values);
        BigDecimal n = BigDecimal.valueOf(values.size());
        return values.stream()
                .map(value -> new BigDecimal(value).multiply(n).subtract(sum))
                .toList();
    }

    private void requireInRange(boolean good, BigDecimal sum, BigDecimal products) {
        BigDecimal n2 = BigDecimal.valueOf((long) ys.size() * ys.size());
        double total = products.divide(n2, MathContext.DECIMAL128).doubleValue();
        if (good && (Double.isInfinite(sum.doubleValue()) || Double.isInfinite(total))) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
    }
}
