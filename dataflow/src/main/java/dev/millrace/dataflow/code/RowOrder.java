package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;

/** An order of rows. Without state. */
public abstract class RowOrder {
    /** For generated code. */
    protected RowOrder() {}

    /** As {@link java.util.Comparator#compare}, of rows of the same layout in the same store or in two. */
    public abstract int compare(Store left, int leftPosition, Store right, int rightPosition);

    /**
     * A number that goes with the order: a row with a smaller one is before a row with a greater one, and of rows with the same one it says nothing. What
     * keeps it beside a position need not read most rows to compare them.
     */
    public abstract long prefix(Store rows, int position);
}
