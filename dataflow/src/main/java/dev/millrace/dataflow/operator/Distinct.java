package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.EqualRows;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * δ: each different row once. The state is the input, by SQL's equality. A row enters the output when the first of its equals arrives and
 * leaves with the last; of equal rows that are not identical the output has the first in exact order, and changes when that one
 * does. Expected O(|ΔA|).
 */
final class Distinct implements Operator {
    private final Map<Row, EqualRows> classes = new HashMap<>();
    private final int[] columns;
    private final WorkMeter meter;

    Distinct(int width, WorkMeter meter) {
        this.columns = IntStream.range(0, width).toArray();
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet change = changes[0];
        ZSet output = new ZSet();
        for (int i = 0; i < change.size(); i++) {
            add(change.row(i), change.weight(i), output);
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
        meter.add(classes.size());
        for (EqualRows equals : classes.values()) {
            Row row = equals.representative();
            if (row != null) {
                consumer.accept(row, 1);
            }
        }
    }

    /** Takes one row's change and appends what it does to the output. */
    private void add(Row row, long weight, ZSet output) {
        Row key = row.key(columns);
        EqualRows equals = classes.computeIfAbsent(key, absent -> new EqualRows());
        @Nullable Row before = equals.representative();
        equals.add(row, weight);
        @Nullable Row after = equals.representative();
        if (after == null) {
            classes.remove(key);
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
}
