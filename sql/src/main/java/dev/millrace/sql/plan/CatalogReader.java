package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.EnumType;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.type.EngineType;
import dev.millrace.sql.type.TypeMapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
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
        enumTypes(catalog).forEach((name, type) -> root.plus().add(name, any -> type));
        TypeMapping.SHORT_NAMES.forEach((name, type) -> root.plus().add(name, any -> type.apply(any)));
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        return new CalciteCatalogReader(root, List.of(), factory, new CalciteConnectionConfigImpl(properties));
    }

    /** The enum types of the tables' columns, each by a name of its own, and by its name in the source if no other has it. */
    private static Map<String, RelDataType> enumTypes(Catalog catalog) {
        Map<String, Set<EnumType>> byName = new HashMap<>();
        catalog.relations().stream()
                .flatMap(table -> table.columns().stream())
                .flatMap(column -> column.type().flatMap(ColumnType::labels).stream())
                .forEach(labels -> {
                    byName.computeIfAbsent(labels.name(), _ -> new HashSet<>()).add(labels);
                    byName.put(EngineType.nameOf(labels), Set.of(labels));
                });
        Map<String, RelDataType> types = new HashMap<>();
        byName.forEach((name, labels) -> {
            if (labels.size() == 1) {
                types.put(name, EngineType.of(labels.iterator().next()));
            }
        });
        return types;
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
