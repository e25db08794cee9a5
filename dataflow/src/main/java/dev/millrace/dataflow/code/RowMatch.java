package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;

/** Whether rows of one layout match rows of another in some columns, NULL matching NULL. Without state. */
public abstract class RowMatch {
    /** For generated code. */
    protected RowMatch() {}

    public abstract boolean matches(Store left, int leftPosition, Store right, int rightPosition);

    /**
     * Looks many rows up in a table of the right layout's rows: {@code found[i]} becomes the position there of the row that the {@code i}th matches, or
     * -1 if there is none or its hash is {@link RowHash#UNMATCHED}.
     */
    public abstract void find(
            Store left, int[] leftPositions, int[] hashes, int count, HashSlots table, Store right, int[] found);
}
