package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;

/**
 * How many matches each row of one side of a join has, for joins that show a row by whether it has any: those that have none, in outer joins and anti joins, or those
 * that have some, in semi joins. Of a row that a step touches it remembers how often it was shown before, so that what comes out is the difference between before
 * and after, not what happened on the way.
 */
final class MatchCounts {
    private final boolean showsMatched;
    private final PagedLongs matches;
    /** Of a touched row, its index in the arrays + 1. */
    private final PagedInts touched;

    private final boolean shared;

    private int[] positions = new int[16];
    private long[] shownBefore = new long[16];
    private long[] weights = new long[16];
    private int size;

    /** @param showsMatched whether rows that have matches are shown, rather than those that have none */
    MatchCounts(boolean showsMatched) {
        this.showsMatched = showsMatched;
        this.matches = new PagedLongs();
        this.touched = new PagedInts();
        this.shared = false;
    }

    private MatchCounts(MatchCounts others) {
        this.showsMatched = others.showsMatched;
        this.matches = others.matches;
        this.touched = others.touched;
        this.shared = true;
    }

    /** The counts of other rows of the same store, in the same memory. */
    MatchCounts ofOthers() {
        return new MatchCounts(this);
    }

    /** Makes room for all rows, so that each thread can count those of its own. */
    void reserve(Store rows) {
        matches.reserve(rows.limit());
        touched.reserve(rows.limit());
    }

    /** A row is new, without matches so far. */
    void add(Store rows, int position, long weight) {
        int slot = rows.slot(position);
        matches.set(slot, 0);
        int index = touch(slot, position, 0);
        weights[index] = weight;
    }

    /** A row goes, which was there so many times. */
    void remove(Store rows, int position, long weight) {
        int index = touch(rows.slot(position), position, weight);
        weights[index] = 0;
    }

    /** A row has more matches, or fewer. */
    void match(Store rows, int position, long weight, long change) {
        int slot = rows.slot(position);
        touch(slot, position, weight);
        matches.set(slot, Math.addExact(matches.get(slot), change));
    }

    /** How often a row is shown that was not touched since the last {@link #takeChanges}. */
    long shown(Store rows, int position, long weight) {
        return isShown(rows.slot(position)) ? weight : 0;
    }

    /** Gives the rows that are shown more often or less often than before, and with which difference. */
    void takeChanges(Store rows, Entries changes) {
        changes.clear();
        for (int i = 0; i < size; i++) {
            int slot = rows.slot(positions[i]);
            long shown = isShown(slot) ? weights[i] : 0;
            if (shown != shownBefore[i]) {
                changes.add(positions[i], shown - shownBefore[i]);
            }
            touched.set(slot, 0);
        }
        size = 0;
    }

    long memoryBytes() {
        return shared ? 0 : matches.memoryBytes() + touched.memoryBytes();
    }

    private boolean isShown(int slot) {
        return matches.get(slot) != 0 == showsMatched;
    }

    private int touch(int slot, int position, long weight) {
        int known = touched.get(slot);
        if (known > 0) {
            return known - 1;
        }
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            shownBefore = Arrays.copyOf(shownBefore, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        positions[size] = position;
        weights[size] = weight;
        shownBefore[size] = isShown(slot) ? weight : 0;
        touched.set(slot, ++size);
        return size - 1;
    }
}
