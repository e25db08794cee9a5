package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** A row with the time, cut to whole periods: replaced when the next one begins. O(1). */
final class Clock implements Operator, Timer {
    private final long period;
    private final Alarms.Alarm alarm;
    private final Store rows;
    private final Batch output;
    private long shown;

    Clock(Plan.Clock plan, Alarms alarms) {
        this.period = plan.period();
        this.alarm = alarms.create();
        this.rows = Store.scratch(plan.types());
        this.output = new Batch(rows);
        show();
    }

    private void show() {
        shown = Math.floorDiv(alarm.now(), period) * period;
        alarm.set(shown + period);
    }

    @Override
    public Alarms.Alarm alarm() {
        return alarm;
    }

    @Override
    public List<DataType> types() {
        return rows.types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        long before = shown;
        show();
        output.reset(rows);
        if (before != shown) {
            output.append(rows.append(Row.of(before)), -1);
            output.append(rows.append(Row.of(shown)), 1);
        }
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        output.reset(rows);
        output.append(rows.append(Row.of(shown)), 1);
        consumer.accept(output);
        endStep();
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void endStep() {
        rows.clear();
        output.reset(rows);
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of();
    }
}
