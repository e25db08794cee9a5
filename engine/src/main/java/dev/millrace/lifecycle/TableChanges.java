package dev.millrace.lifecycle;

import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.catalog.OwnTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a transaction did to one own table and has not committed: by key the row that there is now, if there is one; of a table without a key by how many copies each row's number differs.
 * Used by the circuit's thread alone.
 */
final class TableChanges implements RowSource {
    private final OwnTable table;
    private final TableInput committed;
    private final boolean keyed;
    private final Map<Row, Optional<Row>> byKey = new LinkedHashMap<>();
    private final Map<ExactRow, Integer> copies = new LinkedHashMap<>();
    private final Consumer<Runnable> undo;

    /** @param undo is given what takes each change back */
    TableChanges(OwnTable table, TableInput committed, Consumer<Runnable> undo) {
        this.table = table;
        this.committed = committed;
        this.undo = undo;
        this.keyed = !table.table().key().isEmpty();
    }

    OwnTable table() {
        return table;
    }

    boolean isEmpty() {
        return byKey.isEmpty() && copies.isEmpty();
    }

    /** The key that a row has; nothing if the table has none. */
    Optional<Row> keyOf(Row row) {
        return keyed ? Optional.of(committed.keyOf(row)) : Optional.empty();
    }

    /** The row that has this row's key. */
    Optional<Row> sameKey(Row row) {
        return keyOf(row).flatMap(this::find);
    }

    @Override
    public List<Integer> key() {
        return table.table().key();
    }

    @Override
    public Optional<Row> find(Row key) {
        Optional<Row> changed = byKey.get(canonical(key));
        return changed != null ? changed : Optional.ofNullable(committed.find(key));
    }

    private static Row canonical(Row key) {
        return key.key(IntStream.range(0, key.size()).toArray());
    }

    /** Adds a row, whose key no other has. */
    void insert(Row row) {
        put(row, Optional.of(row), 1);
    }

    /** Removes a row that is there. */
    void delete(Row row) {
        put(row, Optional.empty(), -1);
    }

    private void put(Row row, Optional<Row> now, int change) {
        if (keyed) {
            Row key = committed.keyOf(row);
            Optional<Row> before = byKey.put(key, now);
            undo.accept(() -> {
                if (before == null) {
                    byKey.remove(key);
                } else {
                    byKey.put(key, before);
                }
            });
        } else {
            ExactRow exact = new ExactRow(row);
            copies.merge(exact, change, Integer::sum);
            undo.accept(() -> copies.merge(exact, -change, Integer::sum));
        }
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Map<ExactRow, Integer> gone = new HashMap<>();
        copies.forEach((row, change) -> {
            for (int i = 0; i < change; i++) {
                rows.add(row.row());
            }
            if (change < 0) {
                gone.put(row, -change);
            }
        });
        for (Row row : committed.rows()) {
            boolean changed = keyed ? byKey.containsKey(committed.keyOf(row)) : takeOne(gone, new ExactRow(row));
            if (!changed) {
                rows.add(row);
            }
        }
        byKey.values().forEach(row -> row.ifPresent(rows::add));
        return rows;
    }

    private static boolean takeOne(Map<ExactRow, Integer> gone, ExactRow row) {
        int left = gone.getOrDefault(row, 0);
        if (left > 0) {
            gone.put(row, left - 1);
        }
        return left > 0;
    }

    /**
     * Stages the changes for the circuit's next step.
     *
     * @return whether there are any
     */
    boolean apply() {
        boolean changed = false;
        for (Map.Entry<Row, Optional<Row>> entry : byKey.entrySet()) {
            changed |= apply(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<ExactRow, Integer> entry : copies.entrySet()) {
            Row row = entry.getKey().row();
            for (int i = entry.getValue(); i != 0; i -= Integer.signum(i)) {
                changed = true;
                if (i > 0) {
                    committed.insert(row);
                } else {
                    committed.delete(row);
                }
            }
        }
        return changed;
    }

    private boolean apply(Row key, Optional<Row> now) {
        Row before = committed.find(key);
        boolean same = before == null ? now.isEmpty() : now.isPresent() && Row.identical(before, now.get());
        if (same) {
            return false;
        }
        if (now.isEmpty()) {
            committed.delete(key);
        } else {
            committed.insert(now.get());
        }
        return true;
    }
}
