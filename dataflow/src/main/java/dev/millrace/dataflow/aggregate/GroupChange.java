package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the rows of the groups that a change touches change: before each part of it is added {@link #retract} makes the old rows of the groups that it touches
 * first, and after the last {@link #replace} all the new ones. A row that is identical before and after is in neither, so the change of the rows is consolidated.
 */
public final class GroupChange {
    /** So many groups' state stays in the caches. */
    public static final int PART = 1024;

    private final Groups groups;
    private final GroupRows rows;
    private final MatchTemplate identity;
    private final RowMatch identical;
    private final Batch change;
    /** The touched groups that are there, and the rows made of them. */
    private int[] there = new int[0];

    private int[] written = new int[0];
    /** For each touched group its old row, or -1. */
    private int[] before = new int[0];

    /** The same of the new rows of a part of the groups. */
    private final int[] after = new int[PART];

    private final int[] oldRows = new int[PART];
    /** The new rows that are identical to the old ones. */
    private final int[] unchanged = new int[PART];

    /** How many touched groups have their old rows. */
    private int retracted;

    /**
     * Of rows of this layout.
     *
     * @param names what the accumulators compute, for errors
     */
    public GroupChange(
            Groups groups, List<Accumulator> accumulators, List<String> names, List<DataType> types, CodeCache cache) {
        this.groups = groups;
        this.rows = new GroupRows(groups, accumulators, names, types, cache);
        this.identity = MatchTemplate.identity(types);
        this.identical = cache.get(identity);
        this.change = new Batch(Store.scratch(types));
    }

    /** Begins a change; that of the one before ends. */
    public void begin() {
        change.store().clear();
        change.reset(change.store());
        retracted = 0;
    }

    /** Makes the old rows of the groups that were touched since this was called last, before anything is added to them. */
    public void retract() {
        int to = groups.touchedCount();
        if (before.length < to) {
            before = Arrays.copyOf(before, Math.max(to, before.length * 2));
        }
        write(retracted, to, before, retracted, -1);
        retracted = to;
    }

    /** The change of the rows so far; it holds until the next begins. */
    public Batch change() {
        return change;
    }

    /** Makes the rows of the touched groups as they are now, and adds to the change how they differ from the old ones. */
    public void replace() {
        int count = groups.touchedCount();
        change.reserve(change.size() + 2 * count);
        for (int from = 0; from < count; from += PART) {
            int to = Math.min(from + PART, count);
            write(from, to, after, 0, 1);
            append(from, to);
        }
        retracted = 0;
    }

    /** The generated code of the groups, of the aggregates and of this. */
    public List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(rows.code());
        code.add(identity);
        return code;
    }

    /** How rows of groups are made. */
    public GroupRows rows() {
        return rows;
    }

    public long memoryBytes() {
        return change.store().memoryBytes();
    }

    /** Makes the rows of those touched groups of a range that are there; each group's row, or -1, is put at its place from {@code first} on. */
    private void write(int from, int to, int[] places, int first, long errorWeight) {
        int[] touched = groups.touched();
        if (there.length < to - from) {
            there = new int[Math.max(to - from, there.length * 2)];
            written = new int[there.length];
        }
        int present = 0;
        for (int i = from; i < to; i++) {
            boolean isThere = groups.isThere(touched[i]);
            there[present] = touched[i];
            places[first + i - from] = isThere ? present : -1;
            present += isThere ? 1 : 0;
        }
        rows.write(there, present, change.store(), written, errorWeight);
        for (int i = first; i < first + to - from; i++) {
            places[i] = places[i] < 0 ? -1 : written[places[i]];
        }
    }

    private void append(int from, int to) {
        Store output = change.store();
        int[] positions = change.positions();
        long[] weights = change.weights();
        int entries = change.size();
        int count = to - from;
        for (int i = 0; i < count; i++) {
            oldRows[i] = before[from + i];
            unchanged[i] = oldRows[i] < 0 ? -1 : after[i];
        }
        identical.verify(output, oldRows, output, unchanged, count);
        for (int i = 0; i < count; i++) {
            if (unchanged[i] >= 0) {
                continue;
            }
            int oldRow = oldRows[i];
            int newRow = after[i];
            if (oldRow >= 0) {
                positions[entries] = oldRow;
                weights[entries++] = -1;
            }
            if (newRow >= 0) {
                positions[entries] = newRow;
                weights[entries++] = 1;
            }
        }
        change.size(entries);
    }
}
