package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** What is computed of the sums of pairs {@code (y, x)}: exactly, and rounded to float8 once; Postgres, which goes by Youngs and Cramer's algorithm, rounds on the way. */
enum PairMoments {
    COUNT,
    AVERAGE_X,
    AVERAGE_Y,
    SQUARES_X,
    SQUARES_Y,
    PRODUCTS,
    COVARIANCE,
    COVARIANCE_OF_SAMPLE,
    CORRELATION,
    DETERMINATION,
    SLOPE,
    INTERCEPT;

    private static final MathContext PRECISION = MathContext.DECIMAL128;

    /**
     * The sums of a group's pairs.
     *
     * @param specialX what the x come to if some are NaN or infinite, which the sums leave out then; null if none are
     */
    record Sums(
            long count,
            BigDecimal x,
            BigDecimal y,
            BigDecimal xx,
            BigDecimal yy,
            BigDecimal xy,
            @Nullable Decimal specialX,
            @Nullable Decimal specialY) {
        private BigDecimal n() {
            return BigDecimal.valueOf(count);
        }

        /** The sum of the squared deviations of x, times n. */
        BigDecimal deviationsX() {
            return n().multiply(xx).subtract(x.multiply(x));
        }

        BigDecimal deviationsY() {
            return n().multiply(yy).subtract(y.multiply(y));
        }

        /** The sum of the products of the deviations, times n. */
        BigDecimal products() {
            return n().multiply(xy).subtract(x.multiply(y));
        }

        boolean isConstantX() {
            return specialX == null && deviationsX().signum() == 0;
        }

        boolean isConstantY() {
            return specialY == null && deviationsY().signum() == 0;
        }

        boolean hasSpecials() {
            return specialX != null || specialY != null;
        }

        private boolean isOutOfRange() {
            boolean ofX = specialX == null && (isInfinite(x) || isInfinite(quotient(deviationsX(), n())));
            boolean ofY = specialY == null && (isInfinite(y) || isInfinite(quotient(deviationsY(), n())));
            return ofX || ofY || (!hasSpecials() && isInfinite(quotient(products(), n())));
        }
    }

    static PairMoments of(AggregateKind kind) {
        return switch (kind) {
            case REGR_COUNT -> COUNT;
            case REGR_AVGX -> AVERAGE_X;
            case REGR_AVGY -> AVERAGE_Y;
            case REGR_SXX -> SQUARES_X;
            case REGR_SYY -> SQUARES_Y;
            case REGR_SXY -> PRODUCTS;
            case COVAR_POP -> COVARIANCE;
            case COVAR_SAMP -> COVARIANCE_OF_SAMPLE;
            case CORR -> CORRELATION;
            case REGR_R2 -> DETERMINATION;
            case REGR_SLOPE -> SLOPE;
            case REGR_INTERCEPT -> INTERCEPT;
            default -> throw new IllegalArgumentException("not of pairs: " + kind);
        };
    }

    /**
     * Null if it is not defined for these pairs.
     *
     * @throws MillraceException with {@code DATA_ERROR} if a sum is out of range, as in Postgres
     */
    @Nullable
    Double of(Sums sums) {
        if (sums.count() == 0) {
            return null;
        }
        if (sums.isOutOfRange()) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        BigDecimal n = sums.n();
        return switch (this) {
            case COUNT -> (double) sums.count();
            case AVERAGE_X -> average(sums.x(), sums.specialX(), n);
            case AVERAGE_Y -> average(sums.y(), sums.specialY(), n);
            case SQUARES_X -> sums.specialX() == null ? rounded(quotient(sums.deviationsX(), n)) : Double.NaN;
            case SQUARES_Y -> sums.specialY() == null ? rounded(quotient(sums.deviationsY(), n)) : Double.NaN;
            case PRODUCTS -> ratio(sums, sums.products(), n);
            case COVARIANCE -> ratio(sums, sums.products(), n.multiply(n));
            case COVARIANCE_OF_SAMPLE ->
                sums.count() == 1 ? null : ratio(sums, sums.products(), n.multiply(n.subtract(BigDecimal.ONE)));
            case CORRELATION -> sums.isConstantX() || sums.isConstantY() ? null : correlation(sums);
            case DETERMINATION -> sums.isConstantX() ? null : determination(sums);
            case SLOPE -> sums.isConstantX() ? null : ratio(sums, sums.products(), sums.deviationsX());
            case INTERCEPT -> sums.isConstantX() ? null : intercept(sums);
        };
    }

    private static double average(BigDecimal sum, @Nullable Decimal special, BigDecimal n) {
        return special == null ? rounded(quotient(sum, n)) : special.doubleValue();
    }

    private static double correlation(Sums sums) {
        if (sums.hasSpecials()) {
            return Double.NaN;
        }
        BigDecimal squares = sums.deviationsX().multiply(sums.deviationsY());
        return rounded(quotient(sums.products(), squares.sqrt(PRECISION)));
    }

    private static double determination(Sums sums) {
        return sums.isConstantY()
                ? 1
                : ratio(sums, sums.products().pow(2), sums.deviationsX().multiply(sums.deviationsY()));
    }

    private static double intercept(Sums sums) {
        if (sums.hasSpecials()) {
            return Double.NaN;
        }
        BigDecimal dividend =
                sums.y().multiply(sums.deviationsX()).subtract(sums.x().multiply(sums.products()));
        return rounded(quotient(dividend, sums.n().multiply(sums.deviationsX())));
    }

    private static double ratio(Sums sums, BigDecimal dividend, BigDecimal divisor) {
        return sums.hasSpecials() ? Double.NaN : rounded(quotient(dividend, divisor));
    }

    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, PRECISION);
    }

    private static double rounded(BigDecimal value) {
        return value.doubleValue();
    }

    private static boolean isInfinite(BigDecimal value) {
        return Double.isInfinite(value.doubleValue());
    }
}
