package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.WeightedRow;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An ordered multiset of values, null the greatest. Values that differ only in how they are shown are told apart. */
final class OrderedValues {
    private final TreeMap<Row, WeightedRow> values = new TreeMap<>(Row::compareExactly);
    private long count;

    /** The number of values, each counted as often as it is there. */
    long count() {
        return count;
    }

    void add(@Nullable Object value, long weight) {
        Row row = Row.owning(new @Nullable Object[] {value});
        WeightedRow entry = values.computeIfAbsent(row, WeightedRow::new);
        entry.add(weight);
        if (entry.weight() == 0) {
            values.remove(row);
        }
        count = Math.addExact(count, weight);
    }

    @Nullable
    Object first() {
        return values.firstKey().get(0);
    }

    @Nullable
    Object last() {
        return values.lastKey().get(0);
    }
}
