package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.aggregate.DistinctRows;
import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import java.util.List;

/**
 * δ: each different row once. The state is the input, by SQL's equality, with how often each row is there. A row enters the output when the first of its equals
 * arrives and leaves with the last; of equal rows that are not identical the output has the first in exact order, and changes when that one does.
 * Expected O(|ΔA|).
 */
public final class Distinct implements Operator {
    private final List<DataType> types;
    private final DistinctRows rows;
    private final WorkMeter meter;

    public Distinct(Plan.Distinct plan, CodeCache cache, WorkMeter meter) {
        this.types = plan.types();
        this.rows = new DistinctRows(types, cache);
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch output = rows.add(changes[0]);
        meter.add(2L * changes[0].size() + output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        rows.enumerate(batch -> {
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
    public void endStep() {}

    @Override
    public long memoryBytes() {
        return rows.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return rows.code();
    }

    @Override
    public void validate() {
        rows.validate();
    }
}
