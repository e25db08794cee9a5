package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are changed from outside. A change applies to the rows at once, and is staged until the circuit's next {@link Circuit#step}. After the
 * table was dropped, every change is an {@link IllegalStateException}.
 */
public final class TableInput {
    private final String id;
    private final TableRows rows;
    private final Node node;
    private final Consumer<TableInput> announce;
    private ZSet staged = new ZSet();
    private boolean dropped;

    TableInput(String id, TableRows rows, Node node, Consumer<TableInput> announce) {
        this.id = id;
        this.rows = rows;
        this.node = node;
        this.announce = announce;
    }

    /** The current row with these values of the key columns; without a key, the row itself if it is there. */
    public @Nullable Row find(Row key) {
        return rows.find(key);
    }

    /** The values of a row's key columns; without a key, the row itself. */
    public Row keyOf(Row row) {
        return rows.keyOf(row);
    }

    /** Adds a row; with a key, in the place of the one with the same key if there is one. */
    public void insert(Row row) {
        rows.insert(row, stage());
    }

    /**
     * Puts a row in the place of another.
     *
     * @param oldKey the key of the other, where it is not the new row's own; without a key the whole old row, required
     * @throws IllegalStateException if there is no such row
     */
    public void update(@Nullable Row oldKey, Row row) {
        rows.update(oldKey, row, stage());
    }

    /**
     * Removes the row with this key; without a key, this row, once.
     *
     * @throws IllegalStateException if there is no such row
     */
    public void delete(Row key) {
        rows.delete(key, stage());
    }

    /** Removes all rows. */
    public void truncate() {
        rows.replaceAll(List.of(), stage());
    }

    /** Makes these the table's rows; what is staged is only the difference. */
    public void replaceAll(List<Row> replacement) {
        rows.replaceAll(replacement, stage());
        staged.consolidate();
    }

    public int size() {
        return rows.size();
    }

    /** The current rows, each as often as it is there, in no order. */
    public List<Row> rows() {
        List<Row> result = new ArrayList<>(rows.size());
        rows.forEach((row, weight) -> {
            for (long copy = 0; copy < weight; copy++) {
                result.add(row);
            }
        });
        return result;
    }

    Node node() {
        return node;
    }

    boolean hasStaged() {
        return !staged.isEmpty();
    }

    ZSet takeStaged() {
        // What only adds rows of different keys has no two identical ones: most transactions, and all large ones,
        // insert.
        ZSet changes = rows.isKeyed() && !staged.retracts() ? staged.assumeConsolidated() : staged.consolidate();
        staged = new ZSet();
        return changes;
    }

    void drop() {
        dropped = true;
    }

    private ZSet stage() {
        if (dropped) {
            throw new IllegalStateException("table '" + id + "' was dropped");
        }
        announce.accept(this);
        return staged;
    }
}
