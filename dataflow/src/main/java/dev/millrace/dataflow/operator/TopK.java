package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.WeightedRow;
import dev.millrace.dataflow.zset.ZSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows {@code offset} to {@code offset + limit} of an order. The state is the input in that order, ties broken by all columns, and the current
 * window: {@code Δtop(A) = window(A + ΔA) − window(A)}. O(log |A|) a changed row, plus O(offset + limit) a step unless all changes lie behind
 * a full window.
 */
final class TopK implements Operator {
    private final Comparator<Row> order;
    private final TreeMap<Row, WeightedRow> rows;
    private final long offset;
    private final long limit;
    private final WorkMeter meter;
    private ZSet window = new ZSet();
    private @Nullable Row lastOfFullWindow;

    TopK(List<SortKey> keys, long offset, long limit, WorkMeter meter) {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("negative offset or limit: " + offset + ", " + limit);
        }
        this.order = SortKey.comparator(keys).thenComparing(Row::compareExactly);
        this.rows = new TreeMap<>(order);
        this.offset = offset;
        this.limit = limit;
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet change = changes[0];
        boolean windowTouched = false;
        for (int i = 0; i < change.size(); i++) {
            Row row = change.row(i);
            WeightedRow entry = rows.computeIfAbsent(row, WeightedRow::new);
            entry.add(change.weight(i));
            if (entry.weight() == 0) {
                rows.remove(row);
            }
            windowTouched |= lastOfFullWindow == null || order.compare(row, lastOfFullWindow) <= 0;
        }
        meter.add(2L * change.size());
        if (!windowTouched || limit == 0) {
            return new ZSet();
        }
        ZSet output = window.negate();
        window = currentWindow();
        output.addAll(window);
        meter.add(output.size());
        return output.consolidate();
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        meter.add(window.size());
        window.forEach(consumer);
    }

    private ZSet currentWindow() {
        ZSet result = new ZSet();
        long toSkip = offset;
        long toTake = limit;
        lastOfFullWindow = null;
        for (WeightedRow entry : rows.values()) {
            meter.add(1);
            long skipped = Math.min(toSkip, entry.weight());
            long taken = Math.min(toTake, entry.weight() - skipped);
            result.append(entry.row(), taken);
            toSkip -= skipped;
            toTake -= taken;
            if (toTake == 0) {
                lastOfFullWindow = entry.row();
                break;
            }
        }
        return result;
    }
}
