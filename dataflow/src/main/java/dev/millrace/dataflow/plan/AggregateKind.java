package dev.millrace.dataflow.plan;

/**
 * The aggregate functions. {@code SINGLE_VALUE} is the value of a single row, null or not; of several rows it is that of the first in order. Variance and standard deviation
 * of integers and numerics are numerics, of floats float8; those of a sample are null over fewer than two values.
 */
public enum AggregateKind {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    BOOL_AND,
    BOOL_OR,
    STDDEV_POP,
    STDDEV_SAMP,
    VAR_POP,
    VAR_SAMP,
    SINGLE_VALUE,
    /** The values, texts or byte strings, one after the other; of a separator that is null nothing is seen. */
    STRING_AGG,
    /** The values as an array. */
    ARRAY_AGG,
    /** Of integers, bit by bit. */
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    /** One of the values: the first in exact order. */
    ANY_VALUE,
    /** Of pairs {@code (y, x)} of float8 numbers neither of which is null. */
    CORR,
    COVAR_POP,
    COVAR_SAMP,
    REGR_COUNT,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2,
    /** What lies at a fraction of the way from the first to the last of the values, float8 or intervals, in their order. */
    PERCENTILE_CONT,
    /** The first value up to which, in order, at least a fraction of the values lie. */
    PERCENTILE_DISC,
    /** The value that is there most often, the first in order of those that are. */
    MODE;

    /** Whether it matters in which order the values come. */
    public boolean isOrdered() {
        return this == STRING_AGG || this == ARRAY_AGG;
    }

    /** Whether it is of the values by their order, {@code WITHIN GROUP}. */
    public boolean isOfOrderedSet() {
        return this == PERCENTILE_CONT || this == PERCENTILE_DISC || this == MODE;
    }

    /** Whether it is of pairs of numbers. */
    public boolean isOfPairs() {
        return switch (this) {
            case CORR,
                    COVAR_POP,
                    COVAR_SAMP,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> true;
            default -> false;
        };
    }
}
