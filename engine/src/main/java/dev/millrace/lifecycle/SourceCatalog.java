package dev.millrace.lifecycle;

import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.sql.catalog.CatalogTable;

/** Sources' tables in the planner's terms, and the ids under which both know them. */
final class SourceCatalog {
    private SourceCatalog() {}

    static String id(String source, TableName table) {
        return CatalogTable.id(source, table.schema(), table.name());
    }

    static CatalogTable toCatalog(String source, TableDefinition table) {
        return new CatalogTable(
                source,
                table.name().schema(),
                table.name().name(),
                table.columns().stream()
                        .map(column -> new CatalogTable.Column(
                                column.name(), column.typeName(), column.type(), column.nullable(), column.collation()))
                        .toList(),
                table.key());
    }
}
