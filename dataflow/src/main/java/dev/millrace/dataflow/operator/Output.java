package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.RowMultiset;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import java.util.List;

/**
 * The rows of a result that no operator holds as they are: the integral of its changes. It passes on each change consolidated, that is with one entry for each row
 * whose weight is another than before. Expected O(|ΔA|).
 */
final class Output implements Operator {
    private final RowMultiset rows;
    private final SlotSums sums = new SlotSums();
    private final Batch output;
    private final WorkMeter meter;
    private int[] positions = new int[0];

    Output(List<DataType> types, CodeCache cache, WorkMeter meter) {
        this(types, List.of(), cache, meter);
    }

    /** @param key the columns by whose values {@link #enumerate(Row, BatchConsumer)} finds rows; none if nobody asks */
    Output(List<DataType> types, List<Integer> key, CodeCache cache, WorkMeter meter) {
        this.rows = new RowMultiset(types, key, cache);
        this.output = new Batch(rows.store());
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return rows.store().types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch change = changes[0];
        int count = change.size();
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
        }
        rows.add(change, positions);
        sums.reset(count);
        for (int i = 0; i < count; i++) {
            sums.add(rows.store().slot(positions[i]), change.weight(i));
        }
        output.reset(rows.store());
        for (int i = 0; i < count; i++) {
            output.append(positions[i], sums.take(rows.store().slot(positions[i])));
        }
        meter.add(count + output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        meter.add(rows.store().size());
        Scan.rows(rows.store(), consumer);
    }

    @Override
    public void enumerate(Row key, BatchConsumer consumer) {
        Batch found = new Batch(rows.store());
        rows.forEach(key, position -> found.append(position, rows.store().weight(position)));
        meter.add(found.size());
        consumer.accept(found);
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
    public void endStep() {
        rows.sweep();
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return rows.code();
    }
}
