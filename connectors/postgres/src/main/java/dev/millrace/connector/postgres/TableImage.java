package dev.millrace.connector.postgres;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table's rows, brought forward by changes. Rows of a table without a key are counted, as there may be identical ones. */
final class TableImage {
    private final TableName table;
    private final int[] key;
    private final Map<Identity, Entry> rows = new LinkedHashMap<>();

    private record Entry(Row row, int count) {}

    /** What tells rows apart: a key by its value; without one all that can be seen of the row, as a change means just that one. */
    private record Identity(Row row, boolean exact) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity that && (exact ? Row.identical(row, that.row) : row.equals(that.row));
        }

        @Override
        public int hashCode() {
            return row.hashCode();
        }
    }

    private TableImage(TableContents contents) {
        this.table = contents.table().name();
        this.key = contents.table().key().stream().mapToInt(Integer::intValue).toArray();
        contents.rows().forEach(this::insert);
    }

    /** The contents after these changes. */
    static TableContents replay(TableContents contents, List<RowChange> changes) {
        if (changes.isEmpty()) {
            return contents;
        }
        TableImage image = new TableImage(contents);
        changes.forEach(image::apply);
        List<Row> rows = new ArrayList<>();
        for (Entry entry : image.rows.values()) {
            for (int i = 0; i < entry.count; i++) {
                rows.add(entry.row);
            }
        }
        return new TableContents(contents.table(), rows);
    }

    private void apply(RowChange change) {
        switch (change) {
            case RowChange.Insert insert -> insert(insert.row());
            case RowChange.Delete delete -> remove(delete.key());
            case RowChange.Update update -> update(update.oldKey(), update.row());
            case RowChange.Truncate ignored -> rows.clear();
        }
    }

    private void update(Optional<Row> oldKey, Row row) {
        Row old = remove(oldKey.orElseGet(() -> row.key(key)));
        @Nullable Object[] values = row.toArray();
        for (int i = 0; i < values.length; i++) {
            if (RowChange.UNCHANGED.equals(values[i])) {
                values[i] = old.get(i);
            }
        }
        insert(Row.owning(values));
    }

    private void insert(Row row) {
        rows.merge(
                identity(key.length == 0 ? row : row.key(key)),
                new Entry(row, 1),
                (present, added) -> new Entry(present.row, present.count + 1));
    }

    private Identity identity(Row known) {
        return new Identity(known, key.length == 0);
    }

    private Row remove(Row known) {
        Identity identity = identity(known);
        Entry entry = rows.get(identity);
        if (entry == null) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "table " + table + ": a change of the unknown row " + known);
        }
        if (entry.count == 1) {
            rows.remove(identity);
        } else {
            rows.put(identity, new Entry(entry.row, entry.count - 1));
        }
        return entry.row;
    }
}
