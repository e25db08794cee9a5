package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** Rows that never change: {@code ΔA = 0}. It has no input, so it never runs; it is only enumerated. */
final class Constant implements Operator {
    private final Store rows;
    private final WorkMeter meter;

    Constant(Plan.Constant plan, WorkMeter meter) {
        this.rows = new Store(plan.types());
        plan.rows().forEach(rows::append);
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return rows.types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        return new Batch(rows);
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        meter.add(rows.size());
        Scan.rows(rows, consumer);
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void endStep() {}

    @Override
    public long memoryBytes() {
        return rows.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of();
    }
}
