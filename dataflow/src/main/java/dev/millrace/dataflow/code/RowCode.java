package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;
import org.jspecify.annotations.Nullable;

/** A chain of conditions and projections, over rows or over pairs of rows: what a {@link RowProgram} becomes. Without state. */
public abstract class RowCode {
    /** The position that stands for a row of nulls, on the right of a pair or on its left. */
    public static final int MISSING = -1;

    /** For generated code. */
    protected RowCode() {}

    /**
     * Does this for {@code count} rows, or pairs of rows: keeps those for which all conditions are TRUE, and writes their projections.
     *
     * @param right null if the program is over single rows
     * @param kept is given the indexes of the rows that were kept, ascending
     * @param output is written to if the program projects: the row kept as the {@code n}th goes to {@code outputPositions[n]}, which was allocated; of a program
     *     in place that of index {@code i} to {@code outputPositions[i]}
     * @return how many were kept
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if an expression has no value for a row
     */
    public abstract int run(
            Store left,
            int[] leftPositions,
            @Nullable Store right,
            int @Nullable [] rightPositions,
            int count,
            int[] kept,
            @Nullable Store output,
            int @Nullable [] outputPositions);
}
