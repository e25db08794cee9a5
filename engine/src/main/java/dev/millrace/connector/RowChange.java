package dev.millrace.connector;

import dev.millrace.dataflow.row.Row;
import java.util.Optional;

/** One change of one table's rows. Rows have a value for each column of the {@link TableDefinition}. */
public sealed interface RowChange {
    TableName table();

    record Insert(TableName table, Row row) implements RowChange {}

    /**
     * The row identified by {@code oldKey} (by the new row's own key, where that did not change) becomes {@code row}. Where
     * the source did not send a value since it did not change, the row has {@link #UNCHANGED}.
     *
     * @param oldKey the values of the key columns before; for a table without a key the whole old row, always present
     */
    record Update(TableName table, Optional<Row> oldKey, Row row) implements RowChange {}

    /** The row with these values of the key columns (without a key: this whole row, once) is gone. */
    record Delete(TableName table, Row key) implements RowChange {}

    /** All rows of the table are gone. */
    record Truncate(TableName table) implements RowChange {}

    /** Stands in an update's row for a value that the source left out since it is as before. */
    Object UNCHANGED = new Object() {
        @Override
        public String toString() {
            return "unchanged";
        }
    };
}
