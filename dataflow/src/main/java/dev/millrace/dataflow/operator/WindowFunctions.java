package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.window.Partitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each row followed by the values of window functions over its partition. The state are the partitions in order, each copy of a row with its values.
 *
 * <p>The rule is, for each partition that a change touches: its rows go and come, and then each function evaluates the rows that these may reach, from the values of the row before where it can. A row
 * whose values are others than before goes and comes again. A row that a function has no value for has NULL in its place, and an error. O(log n) for each changed row and O(1) for each that is reached, of most functions; {@link
 * dev.millrace.dataflow.window} says for each which those are.
 */
final class WindowFunctions implements Operator {
    private final List<DataType> types;
    private final GroupKeys groups;
    private final Partitions partitions;
    private final WorkMeter meter;
    private final List<Template<?>> code = new ArrayList<>();
    /** Whether rows were loaded that have no values yet. */
    private boolean loaded;

    private int[] groupOf = new int[0];
    /** The entries of a change, as group and index; sorted. */
    private long[] byGroup = new long[0];

    /** @throws IllegalArgumentException if there is no such function for these types */
    WindowFunctions(Plan.Window plan, CodeCache cache, WorkMeter meter) {
        this.types = plan.types();
        this.groups = new GroupKeys(plan.input().types(), plan.partition(), cache);
        this.partitions = new Partitions(plan, cache);
        this.meter = meter;
        code.addAll(groups.code());
        code.addAll(partitions.code());
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        evaluateLoaded();
        Batch change = changes[0];
        find(change);
        for (int from = 0; from < change.size(); ) {
            from = changeRows(change, from);
            if (!partitions.evaluate()) {
                groups.free(group(from - 1));
            }
        }
        meter.add(change.size() + partitions.output().size() + partitions.takeTouched());
        return partitions.output();
    }

    /** Values are given when all is in. */
    @Override
    public void load(Batch[] contents) {
        Batch change = contents[0];
        find(change);
        for (int from = 0; from < change.size(); ) {
            from = changeRows(change, from);
        }
        meter.add(change.size());
        partitions.output().reset(partitions.store());
        loaded = true;
    }

    @Override
    public void endLoad() {
        evaluateLoaded();
    }

    @Override
    public DataErrors errors() {
        return partitions.errors();
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        evaluateLoaded();
        meter.add(partitions.store().size());
        Scan.rows(partitions.store(), consumer);
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isMaterialized() {
        return true;
    }

    /** A row's former values may be another's new ones. */
    @Override
    public boolean isConsolidated() {
        return false;
    }

    @Override
    public void endStep() {
        partitions.endStep();
    }

    @Override
    public long memoryBytes() {
        return groups.memoryBytes() + partitions.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    @Override
    public void validate() {
        evaluateLoaded();
        partitions.validate();
    }

    private void evaluateLoaded() {
        if (loaded) {
            loaded = false;
            for (int group = groups.next(0); group < groups.limit(); group = groups.next(group + 1)) {
                partitions.evaluateAll(group);
            }
            meter.add(partitions.takeTouched());
            partitions.endStep();
        }
    }

    private int group(int index) {
        return (int) (byGroup[index] >>> Integer.SIZE);
    }

    private void find(Batch change) {
        int count = change.size();
        if (groupOf.length < count) {
            groupOf = new int[Math.max(count, groupOf.length * 2)];
            byGroup = new long[groupOf.length];
        }
        groups.find(change, groupOf);
        for (int i = 0; i < count; i++) {
            byGroup[i] = ((long) groupOf[i] << Integer.SIZE) | i;
        }
        Arrays.sort(byGroup, 0, count);
    }

    /** Makes the changes of the partition that an entry is of, first what goes; gives the first entry of the next. */
    private int changeRows(Batch change, int from) {
        int group = group(from);
        partitions.begin(group);
        int to = from;
        for (; to < change.size() && group(to) == group; to++) {
            int index = (int) byGroup[to];
            if (change.weight(index) < 0) {
                partitions.remove(change.store(), change.position(index), -change.weight(index));
            }
        }
        for (int i = from; i < to; i++) {
            int index = (int) byGroup[i];
            if (change.weight(index) > 0) {
                partitions.insert(change.store(), change.position(index), change.weight(index));
            }
        }
        return to;
    }
}
