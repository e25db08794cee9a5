package dev.millrace.sql.catalog;

import java.util.List;
import java.util.Optional;

/**
 * All tables that a query can name. A table is named by its bare name if it is in its source's {@code public} schema and no other
 * source has one of that name there, {@code schema.name} likewise, and always {@code source.name} (in {@code public}) and
 * {@code source.schema.name}.
 */
public record Catalog(List<CatalogTable> tables) {
    public static final String DEFAULT_SCHEMA = "public";

    public Catalog {
        tables = List.copyOf(tables);
    }

    public Optional<CatalogTable> byId(String id) {
        return tables.stream().filter(table -> table.id().equals(id)).findFirst();
    }

    /** The names of a table's columns, by its id; none if there is no such table. */
    public List<String> columnNames(String id) {
        return byId(id).stream()
                .flatMap(table -> table.columns().stream())
                .map(CatalogTable.Column::name)
                .toList();
    }
}
