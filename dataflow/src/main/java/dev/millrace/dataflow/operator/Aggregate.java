package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.aggregate.Accumulator;
import dev.millrace.dataflow.aggregate.Accumulators;
import dev.millrace.dataflow.aggregate.GroupChange;
import dev.millrace.dataflow.aggregate.Groups;
import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.Locale;

/**
 * γ: one row per group. The state is, for each group, its key, its number of rows and what the accumulators of its aggregates know.
 *
 * <p>{@code Δγ(A) = Σ over touched groups (new row − old row)}. A change is taken in parts. Each is found its groups; the old rows of those that it touches first are
 * made from the accumulators as they are, and each accumulator takes the whole part. After the last part the new rows are made. A group is there while it has
 * rows; the one group of an aggregate without keys always is. A group of which an aggregate has no value adds an error in place of a row. O(|ΔA|) group look-ups, plus what the accumulators cost.
 */
public final class Aggregate implements Operator {
    /** A larger change is split. */
    private static final int PARTITIONED = 2 * GroupChange.PART;

    private final List<DataType> types;
    private final Groups groups;
    private final List<Accumulator> accumulators;
    private final GroupChange rows;
    private final Batch part;
    private final boolean keyed;
    private final int[] partHashes = new int[GroupChange.PART];
    private final HashPartitions partitions = new HashPartitions();
    private final WorkMeter meter;

    /**
     * Without rows.
     *
     * @param appendOnly whether no row of the input is ever taken back
     * @throws IllegalArgumentException if there is no such aggregate for these types
     */
    public Aggregate(Plan.Aggregate plan, boolean appendOnly, CodeCache cache, WorkMeter meter) {
        List<DataType> input = plan.input().types();
        this.types = plan.types();
        this.accumulators = Accumulators.create(plan, appendOnly, cache);
        List<DataType> state =
                accumulators.stream().flatMap(each -> each.state().stream()).toList();
        this.groups = new Groups(input, plan.keys(), false, state, cache);
        List<String> names = plan.calls().stream().map(Aggregate::name).toList();
        this.rows = new GroupChange(groups, accumulators, names, types, cache);
        this.part = new Batch(groups.store());
        this.keyed = !plan.keys().isEmpty();
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch change = changes[0];
        rows.begin();
        if (keyed && change.size() > PARTITIONED) {
            partitions.split(change, groups.hashes(change));
            for (int i = 0; i < partitions.parts(); i++) {
                applyPartition(change.store(), partitions.start(i), partitions.start(i + 1));
            }
        } else {
            for (int from = 0; from < change.size(); from += GroupChange.PART) {
                Batch next = part(change, from, Math.min(GroupChange.PART, change.size() - from));
                groups.find(next);
                add(next);
            }
            finish();
        }
        meter.add(2L * change.size() + rows.change().size());
        return rows.change();
    }

    /** Takes all entries of some groups. */
    private void applyPartition(Store input, int start, int end) {
        for (int from = start; from < end; from += GroupChange.PART) {
            part.reset(input);
            partitions.copy(from, Math.min(GroupChange.PART, end - from), part, partHashes);
            groups.find(part, partHashes);
            add(part);
        }
        finish();
    }

    private void finish() {
        groups.settle();
        rows.replace();
        groups.finish();
    }

    /** Only the whole has to have a result, not what a part of it would come to. */
    @Override
    public void load(Batch[] contents) {
        Batch change = contents[0];
        for (int from = 0; from < change.size(); from += GroupChange.PART) {
            Batch rowsOfPart = part(change, from, Math.min(GroupChange.PART, change.size() - from));
            groups.find(rowsOfPart);
            count(rowsOfPart);
        }
        groups.settle();
        groups.finish();
        meter.add(change.size());
    }

    @Override
    public void endLoad() {
        rows.rows().findErrors();
    }

    @Override
    public DataErrors errors() {
        return rows.rows().errors();
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        rows.rows().enumerate(batch -> {
            meter.add(batch.size());
            consumer.accept(batch);
        });
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isMaterialized() {
        return true;
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void endStep() {}

    @Override
    public long memoryBytes() {
        return groups.memoryBytes()
                + rows.memoryBytes()
                + accumulators.stream().mapToLong(Accumulator::memoryBytes).sum();
    }

    @Override
    public List<Template<?>> code() {
        return rows.code();
    }

    @Override
    public void validate() {
        groups.validate();
        accumulators.forEach(accumulator -> accumulator.validate(groups.store()));
    }

    private static String name(Plan.AggregateCall call) {
        return call.kind().name().toLowerCase(Locale.ROOT)
                + call.column().map(column -> "(#" + column + ")").orElse("(*)");
    }

    private void add(Batch change) {
        rows.retract();
        count(change);
    }

    private void count(Batch change) {
        groups.count(change);
        for (Accumulator accumulator : accumulators) {
            accumulator.add(change, groups.groups(), groups.store());
        }
    }

    private Batch part(Batch change, int from, int count) {
        part.reset(change.store());
        part.reserve(count);
        System.arraycopy(change.positions(), from, part.positions(), 0, count);
        System.arraycopy(change.weights(), from, part.weights(), 0, count);
        part.size(count);
        return part;
    }
}
