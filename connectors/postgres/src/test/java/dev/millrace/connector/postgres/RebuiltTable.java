package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableContents;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table as its contents and changes say. Fails where a change does not fit. */
final class RebuiltTable {
    private final int[] key;
    private final Map<Row, Row> keyed = new HashMap<>();
    private final List<Row> whole = new ArrayList<>();

    RebuiltTable(TableContents contents) {
        this.key = contents.table().key().stream().mapToInt(i -> i).toArray();
        contents.rows().forEach(this::insert);
    }

    void apply(RowChange change) {
        switch (change) {
            case RowChange.Insert insert -> insert(insert.row());
            case RowChange.Delete delete -> remove(delete.key());
            case RowChange.Update update -> {
                Row old = remove(update.oldKey().orElseGet(() -> update.row().key(key)));
                Object[] values = update.row().toArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] = RowChange.UNCHANGED.equals(values[i]) ? old.get(i) : values[i];
                }
                insert(Row.owning(values));
            }
            case RowChange.Truncate truncate -> {
                keyed.clear();
                whole.clear();
            }
        }
    }

    private void insert(Row row) {
        if (key.length == 0) {
            whole.add(row);
        } else {
            assertNull(keyed.put(row.key(key), row), () -> "twice the row " + row);
        }
    }

    private Row remove(Row identity) {
        if (key.length > 0) {
            Row row = keyed.remove(identity);
            assertNotNull(row, () -> "unknown row " + identity);
            return row;
        }
        assertTrue(whole.remove(identity), () -> "unknown row " + identity);
        return identity;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>(key.length == 0 ? whole : keyed.values());
        rows.sort(Row::compare);
        return rows;
    }
}
