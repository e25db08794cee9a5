package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are changed from outside. A change applies to the rows at once, and is staged until the circuit's next {@link Circuit#step}. After the
 * table was dropped, every change is an {@link IllegalStateException}.
 */
public final class TableInput implements Input {
    private final String id;
    private final TableRows rows;
    private final int[] key;
    private final Node node;
    private final Consumer<Input> announce;
    private boolean dropped;

    TableInput(String id, TableRows rows, List<Integer> key, Node node, Consumer<Input> announce) {
        this.id = id;
        this.rows = rows;
        this.key = key.stream().mapToInt(Integer::intValue).toArray();
        this.node = node;
        this.announce = announce;
    }

    /** The columns that identify a row; none if only whole rows do. */
    public List<Integer> key() {
        return Arrays.stream(key).boxed().toList();
    }

    /** The current row with these values of the key columns; without a key, the row itself if it is there. */
    public @Nullable Row find(Row key) {
        int position = rows.find(key);
        return position < 0 ? null : rows.store().row(position);
    }

    /** The values of a row's key columns; without a key, the row itself. */
    public Row keyOf(Row row) {
        return key.length == 0 ? row : row.key(key);
    }

    /** Adds a row; with a key, in the place of the one with the same key if there is one. */
    public void insert(Row row) {
        stage();
        rows.insert(row);
    }

    /**
     * Adds many rows, as {@link #insert(Row)} does, given as one array for each column: {@code boolean[]}, {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]},
     * {@code double[]}, or an array of the objects that {@link DataType} names, of which null is NULL, for columns that are kept as objects.
     */
    public void insert(int count, List<?> columns) {
        stage();
        rows.insert(count, columns);
    }

    /**
     * Puts a row in the place of another.
     *
     * @param oldKey the key of the other, where it is not the new row's own; without a key the whole old row, required
     * @throws IllegalStateException if there is no such row
     */
    public void update(@Nullable Row oldKey, Row row) {
        stage();
        if (oldKey == null && key.length == 0) {
            throw new IllegalArgumentException("an update of a table without a key needs the whole old row");
        }
        rows.replace(existing(oldKey == null ? row.key(key) : oldKey), row);
    }

    /**
     * Removes the row with this key; without a key, this row, once.
     *
     * @throws IllegalStateException if there is no such row
     */
    public void delete(Row key) {
        stage();
        rows.delete(existing(key));
    }

    /** Removes all rows. */
    public void truncate() {
        stage();
        rows.clear();
    }

    /** Makes these the table's rows: all that are there go, and these come. What is the same before and after is not in any view's change. */
    public void replaceAll(List<Row> replacement) {
        stage();
        rows.clear();
        replacement.forEach(rows::insert);
    }

    public int size() {
        return rows.size();
    }

    /** The current rows, each as often as it is there, in no order. */
    public List<Row> rows() {
        List<Row> result = new ArrayList<>(rows.size());
        rows.forEach(position -> result.add(rows.store().row(position)));
        return result;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean hasStaged() {
        return rows.hasStaged();
    }

    @Override
    public Batch takeStaged() {
        return rows.takeStaged();
    }

    @Override
    public void drop() {
        dropped = true;
    }

    private int existing(Row rowKey) {
        int position = rows.find(rowKey);
        if (position < 0) {
            throw new IllegalStateException((key.length == 0 ? "no row " : "no row with key ") + rowKey);
        }
        return position;
    }

    private void stage() {
        if (dropped) {
            throw new IllegalStateException("table '" + id + "' was dropped");
        }
        announce.accept(this);
    }
}
