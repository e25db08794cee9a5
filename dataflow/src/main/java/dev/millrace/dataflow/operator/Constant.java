package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;

/** Rows that never change: {@code ΔA = 0}. It has no input, so it never runs; it is only enumerated. */
final class Constant implements Operator {
    private final List<Row> rows;
    private final WorkMeter meter;

    Constant(List<Row> rows, WorkMeter meter) {
        this.rows = rows;
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        return new ZSet();
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        meter.add(rows.size());
        rows.forEach(row -> consumer.accept(row, 1));
    }
}
