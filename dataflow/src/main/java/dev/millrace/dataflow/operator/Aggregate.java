package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * γ: one row per group. The state is, for each group, the accumulators of its aggregates and its row in the output. A change goes to the
 * accumulators of its group; at the end {@code Δγ(A) = Σ over touched groups (new row − old row)}. A group is there while it has
 * rows; the one group of an aggregate without keys always is. O(|ΔA|) group look-ups, plus what the accumulators cost.
 */
final class Aggregate implements Operator {
    private final Map<Row, Group> groups = new HashMap<>();
    private final int[] keys;
    private final List<Plan.AggregateCall> calls;
    private final Plan plan;
    private final WorkMeter meter;

    /** @throws IllegalArgumentException if there is no such aggregate for these types */
    Aggregate(Plan.Aggregate plan, WorkMeter meter) {
        this.plan = plan.input();
        this.keys = plan.keys().stream().mapToInt(Integer::intValue).toArray();
        this.calls = plan.calls();
        this.meter = meter;
        Group empty = newGroup();
        if (keys.length == 0) {
            empty.takeOutput();
            groups.put(Row.EMPTY, empty);
        }
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet change = changes[0];
        Set<Row> touched = new LinkedHashSet<>();
        for (int i = 0; i < change.size(); i++) {
            Row row = change.row(i);
            Row key = row.key(keys);
            touched.add(key);
            groups.computeIfAbsent(key, absent -> newGroup()).add(row, row.project(keys), change.weight(i));
        }
        ZSet output = new ZSet(2 * touched.size());
        for (Row key : touched) {
            emit(key, output);
        }
        meter.add(2L * change.size() + output.size());
        return output;
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        meter.add(groups.size());
        for (Group group : groups.values()) {
            Row row = group.output();
            if (row != null) {
                consumer.accept(row, 1);
            }
        }
    }

    private void emit(Row key, ZSet output) {
        Group group = groups.get(key);
        if (group == null) {
            throw new IllegalStateException("no group " + key);
        }
        @Nullable Row before = group.output();
        @Nullable Row after = keys.length > 0 && group.isEmpty() ? null : group.takeOutput();
        if (after == null) {
            groups.remove(key);
        }
        if (before != null && after != null && Row.identical(before, after)) {
            return;
        }
        if (before != null) {
            output.append(before, -1);
        }
        if (after != null) {
            output.append(after, 1);
        }
    }

    private Group newGroup() {
        return new Group(calls, plan.types());
    }
}
