package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.store.Store;

/**
 * What is looked for in an {@link OrderedIndex}: an entry, which is unlike all others since entries whose rows tie are ordered by their positions, or a row of any
 * store, which ties with the entries of equal rows.
 */
final class OrderedProbe {
    private static final int NO_ENTRY = -1;

    private final Store entries;
    private final RowOrder order;
    private Store rows;
    private int row;
    private int entry = NO_ENTRY;
    private long prefix;

    OrderedProbe(Store entries, RowOrder order) {
        this.entries = entries;
        this.order = order;
        this.rows = entries;
    }

    OrderedProbe entry(int position) {
        row(entries, position);
        entry = position;
        return this;
    }

    /** As {@link #entry(int)}, where the prefix is known. */
    OrderedProbe entry(int position, long knownPrefix) {
        rows = entries;
        row = position;
        prefix = knownPrefix;
        entry = position;
        return this;
    }

    OrderedProbe row(Store store, int position) {
        rows = store;
        row = position;
        prefix = order.prefix(store, position);
        entry = NO_ENTRY;
        return this;
    }

    boolean isEntry() {
        return entry != NO_ENTRY;
    }

    /** The entry that is looked for. */
    int position() {
        return entry;
    }

    long prefix() {
        return prefix;
    }

    long prefix(int position) {
        return order.prefix(entries, position);
    }

    /** Whether what is looked for is before (negative), at (0) or after (positive) an entry whose prefix is known. */
    int compareTo(long otherPrefix, int other) {
        return prefix == otherPrefix ? compareTo(other) : prefix < otherPrefix ? -1 : 1;
    }

    /** As {@link #compareTo(long, int)}. */
    int compareTo(int other) {
        if (other == entry) {
            return 0;
        }
        int comparison = order.compare(rows, row, entries, other);
        return comparison == 0 && entry != NO_ENTRY ? Integer.compare(entry, other) : comparison;
    }

    /** As {@link #compareTo}, of two entries. */
    int compare(int left, int right) {
        int comparison = order.compare(entries, left, entries, right);
        return comparison == 0 ? Integer.compare(left, right) : comparison;
    }
}
