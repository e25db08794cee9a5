package dev.millrace.sql;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/** The catalog of tests that need no rows. */
final class Shop {
    static final Catalog CATALOG = new Catalog(List.of(
            table(
                    "orders",
                    column("id", ColumnType.of(DataType.INT4)),
                    column("customer_id", ColumnType.of(DataType.INT4)),
                    column("amount", ColumnType.numeric(8, 2)),
                    column("placed", ColumnType.of(DataType.TIMESTAMP))),
            table(
                    "customers",
                    column("id", ColumnType.of(DataType.INT4)),
                    column("name", ColumnType.of(DataType.TEXT)),
                    column("code", ColumnType.character(DataType.CHAR, 3)),
                    column("flag", ColumnType.of(DataType.BOOL))),
            table(
                    "documents",
                    column("id", ColumnType.of(DataType.INT4)),
                    new CatalogTable.Column("body", "jsonb", Optional.empty(), true))));

    private Shop() {}

    private static CatalogTable table(String name, CatalogTable.Column... columns) {
        return new CatalogTable("shop", Catalog.DEFAULT_SCHEMA, name, List.of(columns), List.of(0));
    }

    private static CatalogTable.Column column(String name, ColumnType type) {
        return new CatalogTable.Column(name, type.toString(), Optional.of(type), !name.equals("id"));
    }
}
