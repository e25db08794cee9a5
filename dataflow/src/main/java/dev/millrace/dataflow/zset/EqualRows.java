package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that SQL holds equal though they need not be identical (1.0 and 1.00, -0.0 and 0.0), each with its weight. One of those that are there
 * stands for all: the first by {@link Row#compareExactly}, so that it does not depend on the order of arrival. Nearly always all
 * are identical, and then there is one entry and no tree.
 */
public final class EqualRows {
    private @Nullable WeightedRow only;
    private @Nullable NavigableMap<Row, WeightedRow> several;

    /**
     * Adds to a row's weight; O(1), or O(log n) in the number of different representations.
     *
     * @throws IllegalStateException if it would become negative
     */
    public void add(Row row, long change) {
        if (several != null) {
            addTo(several, row, change);
        } else if (only == null || Row.identical(only.row(), row)) {
            only = only == null ? new WeightedRow(row) : only;
            only.add(change);
            only = only.weight() == 0 ? null : only;
        } else {
            NavigableMap<Row, WeightedRow> both = new TreeMap<>(Row::compareExactly);
            both.put(only.row(), only);
            only = null;
            several = both;
            addTo(both, row, change);
        }
    }

    /** The row that stands for all, or null if there is none. */
    public @Nullable Row representative() {
        if (several != null) {
            return several.firstKey();
        }
        return only == null ? null : only.row();
    }

    private void addTo(NavigableMap<Row, WeightedRow> rows, Row row, long change) {
        WeightedRow entry = rows.computeIfAbsent(row, WeightedRow::new);
        entry.add(change);
        if (entry.weight() == 0) {
            rows.remove(row);
        }
        if (rows.size() == 1) {
            only = rows.firstEntry().getValue();
            several = null;
        }
    }
}
