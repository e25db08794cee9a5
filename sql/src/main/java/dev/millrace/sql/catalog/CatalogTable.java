package dev.millrace.sql.catalog;

import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Optional;

/**
 * A table that queries can read.
 *
 * @param source the source that it is followed in
 * @param schema its schema there
 * @param key the ordinals of columns whose values are unique and not null; empty if there are none
 */
public record CatalogTable(String source, String schema, String name, List<Column> columns, List<Integer> key) {
    public CatalogTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /**
     * A column; without a {@code type} it exists but cannot be read, and {@code typeName} says why.
     *
     * @param collation what texts of it, or made of it, are ordered by, if not by code points
     */
    public record Column(
            String name, String typeName, Optional<ColumnType> type, boolean nullable, Optional<Collation> collation) {
        /** One whose texts are ordered by code points. */
        public Column(String name, String typeName, Optional<ColumnType> type, boolean nullable) {
            this(name, typeName, type, nullable, Optional.empty());
        }
    }

    /** What the circuit knows the table by. */
    public String id() {
        return id(source, schema, name);
    }

    /** The id of the table with this name; no two have the same. */
    public static String id(String source, String schema, String name) {
        return source + ":" + quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return name.indexOf('.') < 0 && name.indexOf('"') < 0 ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The types of its rows' values. A column that cannot be read is always null there, and stands as text. */
    public List<DataType> rowTypes() {
        return columns.stream()
                .map(column -> column.type().map(ColumnType::type).orElse(DataType.TEXT))
                .toList();
    }
}
