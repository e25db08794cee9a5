package dev.millrace.dataflow.aggregate;

import org.jspecify.annotations.Nullable;

/** The state of one aggregate over one group. */
public interface Accumulator {
    /**
     * Takes this many copies of a value, or takes them back if the weight is negative. Nulls change nothing, unless the function says otherwise.
     *
     * @throws IllegalStateException if it can tell that more is taken back than was given
     */
    void add(@Nullable Object value, long weight);

    /**
     * The aggregate of the values that are there; changes nothing.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if they have none
     */
    @Nullable
    Object result();
}
