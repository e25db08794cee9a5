package dev.millrace.sql.statement;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows that a statement itself reads, as tables: those of its own table's columns, and last a number in the order in which they were written. */
public final class StatementRows {
    /** Stands for a source's name, which nobody gives to one. */
    private static final String SOURCE = " rows";

    static final String NUMBER = " number";

    private StatementRows() {}

    /** The rows that were inserted, the new ones of those that were updated, or those that were deleted. */
    public static CatalogTable affected(OwnTable table) {
        return of(table, "affected");
    }

    /** The rows that inserted ones are in conflict with. */
    public static CatalogTable existing(OwnTable table) {
        return of(table, "existing");
    }

    /** The rows that could not be inserted, each with the number of the one that it is in conflict with. */
    public static CatalogTable excluded(OwnTable table) {
        return of(table, "excluded");
    }

    /**
     * The rows of a table of {@code FROM} or {@code USING}, each with the number of the affected one that it was paired with.
     *
     * @param place of the table among them
     */
    static CatalogTable joined(int place, List<CatalogTable.Column> columns) {
        return of("joined " + place, columns);
    }

    static boolean isOwn(String id) {
        return id.startsWith(SOURCE + ":");
    }

    static List<String> path(CatalogTable table) {
        return List.of(table.source(), table.schema(), table.name());
    }

    private static CatalogTable of(OwnTable table, String name) {
        return of(name, table.columns());
    }

    private static CatalogTable of(String name, List<CatalogTable.Column> values) {
        List<CatalogTable.Column> columns = new ArrayList<>(values);
        columns.add(new CatalogTable.Column(NUMBER, "int8", Optional.of(ColumnType.of(DataType.INT8)), false));
        return new CatalogTable(SOURCE, Catalog.DEFAULT_SCHEMA, name, columns, List.of(columns.size() - 1));
    }
}
