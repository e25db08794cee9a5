package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of the groups that a change touches change: before it is added {@link #retract} makes the old rows, afterwards {@link #replace} the new
 * ones. A row that is identical before and after is in neither, so the change of the rows is consolidated.
 */
public final class GroupChange {
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

    /** Of rows of this layout. */
    public GroupChange(Groups groups, List<Accumulator> accumulators, List<DataType> types, CodeCache cache) {
        this.groups = groups;
        this.rows = new GroupRows(groups, accumulators, types, cache);
        this.identity = MatchTemplate.identity(types);
        this.identical = cache.get(identity);
        this.change = new Batch(new Store(types));
    }

    /** Makes the rows of the groups as they are before the change. */
    public void retract() {
        change.store().clear();
        change.reset(change.store());
        int count = groups.touchedCount();
        if (before.length < count) {
            int capacity = Math.max(count, before.length * 2);
            before = new int[capacity];
            there = new int[capacity];
            written = new int[capacity];
        }
        int present = write();
        int next = 0;
        for (int i = 0; i < count; i++) {
            before[i] = next < present && there[next] == groups.touched()[i] ? written[next++] : -1;
        }
    }

    /** Makes the rows of the groups as they are now, and returns the change of the rows; it holds until the next. */
    public Batch replace() {
        Store output = change.store();
        int[] touched = groups.touched();
        int present = write();
        change.reserve(groups.touchedCount() + present);
        int[] positions = change.positions();
        long[] weights = change.weights();
        int next = 0;
        int entries = 0;
        for (int i = 0; i < groups.touchedCount(); i++) {
            int old = before[i];
            int after = next < present && there[next] == touched[i] ? written[next++] : -1;
            if (old >= 0 && after >= 0 && identical.matches(output, old, output, after)) {
                continue;
            }
            if (old >= 0) {
                positions[entries] = old;
                weights[entries++] = -1;
            }
            if (after >= 0) {
                positions[entries] = after;
                weights[entries++] = 1;
            }
        }
        change.size(entries);
        return change;
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

    /** Makes the rows of those touched groups that are there, in their order, and returns how many they are. */
    private int write() {
        int[] touched = groups.touched();
        int present = 0;
        for (int i = 0; i < groups.touchedCount(); i++) {
            there[present] = touched[i];
            present += groups.isThere(touched[i]) ? 1 : 0;
        }
        rows.write(there, present, change.store(), written);
        return present;
    }
}
