package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.Multiset;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that only they themselves identify, each any number of times. */
final class BagRows implements TableRows {
    private Multiset rows = new Multiset();

    @Override
    public @Nullable Row find(Row row) {
        return rows.weight(row) == 0 ? null : row;
    }

    @Override
    public boolean isKeyed() {
        return false;
    }

    @Override
    public Row keyOf(Row row) {
        return row;
    }

    @Override
    public void insert(Row row, ZSet changes) {
        rows.add(row, 1);
        changes.append(row, 1);
    }

    @Override
    public void update(@Nullable Row oldRow, Row row, ZSet changes) {
        if (oldRow == null) {
            throw new IllegalArgumentException("an update of a table without a key needs the whole old row");
        }
        delete(oldRow, changes);
        insert(row, changes);
    }

    @Override
    public void delete(Row row, ZSet changes) {
        if (rows.weight(row) == 0) {
            throw new IllegalStateException("no row " + row);
        }
        rows.add(row, -1);
        changes.append(row, -1);
    }

    @Override
    public void replaceAll(List<Row> replacement, ZSet changes) {
        rows.forEach((row, weight) -> changes.append(row, -weight));
        rows = new Multiset();
        replacement.forEach(row -> insert(row, changes));
    }

    @Override
    public int size() {
        return Math.toIntExact(rows.total());
    }

    @Override
    public void forEach(RowConsumer consumer) {
        rows.forEach(consumer);
    }
}
