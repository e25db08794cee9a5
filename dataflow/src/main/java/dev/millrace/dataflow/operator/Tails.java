package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Store;

/**
 * For each group an unsorted chain of rows, and the prefix of the row that all of them are behind. A row's weight is in its store; a negative one takes copies from a row
 * of the same chain. What is known of a group lies side by side, so that adding a row costs one cache miss:
 *
 * <pre>
 *           63                      32 31                       0
 *          +---------------------------------------------------+
 *   2g     |  prefix of the bound, ^ MAX_VALUE: 0 = unbounded  |
 *          +-------------------------+-------------------------+
 *   2g + 1 |  newest position + 1    |  length                 |
 *          +-------------------------+-------------------------+
 * </pre>
 */
final class Tails {
    private final Store rows;
    private final PagedLongs groups = new PagedLongs();
    /** How many of a group's rows have a negative weight. */
    private final PagedInts negatives = new PagedInts();
    /** The position before each row in its chain. */
    private final PagedInts older = new PagedInts();

    Tails(Store rows) {
        this.rows = rows;
    }

    /** A row with a greater prefix is behind the bound. {@link Long#MAX_VALUE} if none is. */
    long bound(int group) {
        return groups.get(2 * group) ^ Long.MAX_VALUE;
    }

    void bound(int group, long prefix) {
        groups.set(2 * group, prefix ^ Long.MAX_VALUE);
    }

    int length(int group) {
        return (int) groups.get(2 * group + 1);
    }

    /** The newest row of a chain that is not empty. */
    int newest(int group) {
        return (int) (groups.get(2 * group + 1) >>> Integer.SIZE) - 1;
    }

    /** The row before one that is not the oldest. */
    int older(int position) {
        return older.get(rows.slot(position));
    }

    int negatives(int group) {
        return negatives.get(group);
    }

    /** Adds a row, whose weight is set. */
    void add(int group, int position) {
        long chain = groups.get(2 * group + 1);
        int length = (int) chain;
        if (length > 0) {
            older.set(rows.slot(position), (int) (chain >>> Integer.SIZE) - 1);
        }
        groups.set(2 * group + 1, ((position + 1L) << Integer.SIZE) | (length + 1));
        if (rows.weight(position) < 0) {
            negatives.set(group, negatives.get(group) + 1);
        }
    }

    /** Forgets all rows of a group. */
    void clear(int group) {
        groups.set(2 * group + 1, 0);
        if (negatives.get(group) != 0) {
            negatives.set(group, 0);
        }
    }

    long memoryBytes() {
        return groups.memoryBytes() + negatives.memoryBytes() + older.memoryBytes();
    }
}
