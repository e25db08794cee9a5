package dev.millrace.sql.catalog;

import dev.millrace.dataflow.expression.Expression;
import java.util.List;
import java.util.Optional;

/**
 * A table that the database keeps itself and statements change.
 *
 * @param table whose columns all have a type
 * @param initial by column what its value is where none is given, of the column's type; nothing for NULL
 */
public record OwnTable(CatalogTable table, List<Optional<Expression>> initial) {
    /** What stands for a source's name in the names and ids of own tables. */
    public static final String SOURCE = "millrace";

    public OwnTable {
        initial = List.copyOf(initial);
    }

    public String id() {
        return table.id();
    }

    public String name() {
        return table.name();
    }

    public List<CatalogTable.Column> columns() {
        return table.columns();
    }

    /** The ordinal of a column, or -1. */
    public int indexOf(String column) {
        return columns().stream().map(CatalogTable.Column::name).toList().indexOf(column);
    }
}
