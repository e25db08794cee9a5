package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;

/** An order of rows. Without state. */
public abstract class RowOrder {
    /** For generated code. */
    protected RowOrder() {}

    /** As {@link java.util.Comparator#compare}, of rows of the same layout in the same store or in two. */
    public abstract int compare(Store left, int leftPosition, Store right, int rightPosition);
}
