package dev.millrace.connector;

import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * A table that can be followed.
 *
 * @param columns all columns, in the table's order, those of an unsupported type included
 * @param key the ordinals, in {@code columns}, of the columns that identify a row in updates and deletes; empty when only whole rows do
 * @param obstacle why the table cannot be followed and what to change, if so
 */
public record TableDefinition(TableName name, List<Column> columns, List<Integer> key, Optional<String> obstacle) {
    public TableDefinition {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /**
     * A column. One whose type has no representation yet has no {@code type}: it is left out of rows (its value is always
     * {@code null}) and queries that read it are refused, naming {@code typeName}.
     *
     * @param collation what texts of it, or made of it, are ordered by, if not by code points
     */
    public record Column(
            String name, String typeName, Optional<ColumnType> type, boolean nullable, Optional<Collation> collation) {}
}
