package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.type.TypeMapping;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/** The catalog as the planner wants to see it: a tree of schemas in which each table stands under every name that it goes by. */
final class CatalogReader {
    private CatalogReader() {}

    /**
     * @param others tables that are no part of the catalog, by their names
     * @param read is told of what the query reads
     */
    static CalciteCatalogReader of(
            Catalog catalog, Map<String, Table> others, ReadRelations read, RelDataTypeFactory factory) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        IdentityHashMap<CatalogTable, PlannedRelation> planned = new IdentityHashMap<>();
        catalog.tables().forEach(table -> planned.put(table, new PlannedTable(table, Optional.empty(), read)));
        catalog.views()
                .forEach(view -> planned.put(
                        view.table(),
                        view.isMaterialized()
                                ? new PlannedTable(view.table(), view.plan(), read)
                                : new PlannedView(view, read)));
        catalog.names().forEach((path, table) -> add(root.plus(), path, planned.get(table)));
        others.forEach((name, table) -> root.plus().add(name, table));
        TypeMapping.SHORT_NAMES.forEach((name, type) -> root.plus().add(name, any -> type.apply(any)));
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        return new CalciteCatalogReader(root, List.of(), factory, new CalciteConnectionConfigImpl(properties));
    }

    private static void add(SchemaPlus root, List<String> path, @Nullable PlannedRelation table) {
        SchemaPlus schema = root;
        for (String name : path.subList(0, path.size() - 1)) {
            SchemaPlus child = schema.subSchemas().get(name);
            schema = child != null ? child : schema.add(name, new AbstractSchema());
        }
        schema.add(path.getLast(), Objects.requireNonNull(table));
    }
}
