package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.Multiset;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;

/** The integral of a query: {@code I += ΔA}, passed on as it is. Expected O(|ΔA|). */
public final class Output implements Operator {
    private final Multiset rows = new Multiset();
    private final WorkMeter meter;

    public Output(WorkMeter meter) {
        this.meter = meter;
    }

    /** The number of rows, each counted with its weight. */
    public long size() {
        return rows.total();
    }

    /** The rows, each as often as its weight says, in no order. */
    public List<Row> rows() {
        List<Row> result = new ArrayList<>();
        rows.forEach((row, weight) -> {
            for (long copy = 0; copy < weight; copy++) {
                result.add(row);
            }
        });
        return result;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        rows.addAll(changes[0]);
        meter.add(2L * changes[0].size());
        return changes[0];
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        rows.forEach(consumer);
    }
}
