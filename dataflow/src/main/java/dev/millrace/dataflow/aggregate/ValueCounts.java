package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * How many values of each group an aggregate has taken, in an int8 column. Where it takes all rows of the group but some, the column is of those that it does not take, and stays
 * untouched as long as there are none: then the group's own count says it, which is at hand anyway.
 */
final class ValueCounts {
    private static final int NONE = -1;

    private final int column;
    private final int rowsColumn;
    /** Whether any row was ever not taken. */
    private boolean skips;

    private ValueCounts(int column, int rowsColumn) {
        this.column = column;
        this.rowsColumn = rowsColumn;
    }

    /** Of an aggregate over the rows of the groups, whose number is in this column. */
    static ValueCounts ofRows(int column, int rowsColumn) {
        return new ValueCounts(column, rowsColumn);
    }

    /** Of an aggregate over something else than the rows of the groups. */
    static ValueCounts ofOthers(int column) {
        return new ValueCounts(column, NONE);
    }

    /** Counts a change of which so many entries were taken: those in the arrays. */
    void add(Batch change, int[] groupOf, Store state, int[] takenGroups, long[] takenWeights, int taken) {
        long[][] counts = state.longs(column);
        if (rowsColumn == NONE) {
            for (int i = 0; i < taken; i++) {
                add(counts, takenGroups[i], takenWeights[i]);
            }
        } else if (taken < change.size()) {
            skips = true;
            for (int i = 0; i < change.size(); i++) {
                add(counts, state.slot(groupOf[i]), change.weight(i));
            }
            for (int i = 0; i < taken; i++) {
                add(counts, takenGroups[i], -takenWeights[i]);
            }
        }
    }

    /** The counts, to be read before more is added. */
    Reader in(Store state) {
        return new Reader(
                rowsColumn == NONE || skips ? state.longs(column) : null,
                rowsColumn == NONE ? null : state.longs(rowsColumn));
    }

    /** Reads counts; of the pages those that say nothing are null. */
    record Reader(long @Nullable [][] own, long @Nullable [][] rows) {
        long get(int slot) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            if (rows == null) {
                return own == null ? 0 : own[page][at];
            }
            return own == null ? rows[page][at] : rows[page][at] - own[page][at];
        }
    }

    private static void add(long[][] counts, int slot, long weight) {
        long[] page = counts[slot >>> Pages.SHIFT];
        int at = slot & Pages.MASK;
        page[at] = Math.addExact(page[at], weight);
    }
}
