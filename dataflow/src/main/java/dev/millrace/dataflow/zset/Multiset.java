package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;
import org.jspecify.annotations.Nullable;

/** Rows with positive weights: a Z-set that is a state, not a change. */
public final class Multiset implements Relation {
    private final RowTable<WeightedRow> rows = new RowTable<>();
    private long total;

    /** How many rows there are, each counted with its weight. */
    public long total() {
        return total;
    }

    /** The weight of a row; 0 if it is not there. */
    public long weight(Row row) {
        WeightedRow entry = rows.find(row);
        return entry == null ? 0 : entry.weight();
    }

    /**
     * Adds to a row's weight, expected O(1).
     *
     * @throws IllegalStateException if it would become negative
     */
    public void add(Row row, long change) {
        @Nullable WeightedRow entry = rows.find(row);
        if (entry == null) {
            entry = new WeightedRow(row);
            entry.add(change);
            rows.put(entry);
        } else {
            entry.add(change);
        }
        if (entry.weight() == 0) {
            rows.remove(row);
        }
        total += change;
    }

    public void addAll(ZSet changes) {
        for (int i = 0; i < changes.size(); i++) {
            add(changes.row(i), changes.weight(i));
        }
    }

    @Override
    public void forEach(RowConsumer consumer) {
        for (int i = 0; i < rows.size(); i++) {
            WeightedRow entry = rows.entry(i);
            consumer.accept(entry.row(), entry.weight());
        }
    }
}
