package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of which there is one for each value of the key. */
final class KeyedRows implements TableRows {
    private Map<Row, Row> rows = new HashMap<>();
    private final int[] key;
    /** The columns of a key itself, which is made canonical by them. */
    private final int[] keyColumns;

    KeyedRows(List<Integer> key) {
        this.key = key.stream().mapToInt(Integer::intValue).toArray();
        this.keyColumns = IntStream.range(0, this.key.length).toArray();
    }

    @Override
    public @Nullable Row find(Row rowKey) {
        return rows.get(rowKey.key(keyColumns));
    }

    @Override
    public boolean isKeyed() {
        return true;
    }

    @Override
    public Row keyOf(Row row) {
        return row.key(key);
    }

    @Override
    public void insert(Row row, ZSet changes) {
        Row replaced = rows.put(row.key(key), row);
        if (replaced != null) {
            changes.append(replaced, -1);
        }
        changes.append(row, 1);
    }

    @Override
    public void update(@Nullable Row oldKey, Row row, ZSet changes) {
        delete(oldKey == null ? row.key(key) : oldKey, changes);
        insert(row, changes);
    }

    @Override
    public void delete(Row rowKey, ZSet changes) {
        Row removed = rows.remove(rowKey.key(keyColumns));
        if (removed == null) {
            throw new IllegalStateException("no row with key " + rowKey);
        }
        changes.append(removed, -1);
    }

    @Override
    public void replaceAll(List<Row> replacement, ZSet changes) {
        rows.values().forEach(row -> changes.append(row, -1));
        rows = HashMap.newHashMap(replacement.size());
        replacement.forEach(row -> insert(row, changes));
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void forEach(RowConsumer consumer) {
        rows.values().forEach(row -> consumer.accept(row, 1));
    }
}
