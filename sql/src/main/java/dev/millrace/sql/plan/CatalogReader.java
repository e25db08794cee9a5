package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.type.TypeMapping;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The catalog as the planner wants to see it: a tree of schemas in which each table stands under every name that it goes by. */
final class CatalogReader {
    private CatalogReader() {}

    /** @param others tables that are no part of the catalog, by their names */
    static CalciteCatalogReader of(Catalog catalog, Map<String, Table> others, RelDataTypeFactory factory) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        Map<List<String>, Integer> owners = new HashMap<>();
        catalog.tables().forEach(table -> paths(table).forEach(path -> owners.merge(path, 1, Integer::sum)));
        for (CatalogTable table : catalog.tables()) {
            PlannedTable planned = new PlannedTable(table);
            for (List<String> path : paths(table)) {
                if (owners.getOrDefault(path, 0) == 1) {
                    add(root.plus(), path, planned);
                }
            }
        }
        others.forEach((name, table) -> root.plus().add(name, table));
        TypeMapping.SHORT_NAMES.forEach((name, type) -> root.plus().add(name, any -> type.apply(any)));
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        return new CalciteCatalogReader(root, List.of(), factory, new CalciteConnectionConfigImpl(properties));
    }

    private static Set<List<String>> paths(CatalogTable table) {
        Set<List<String>> paths = new HashSet<>();
        paths.add(List.of(table.source(), table.schema(), table.name()));
        paths.add(List.of(table.schema(), table.name()));
        if (table.schema().equals(Catalog.DEFAULT_SCHEMA)) {
            paths.add(List.of(table.source(), table.name()));
            paths.add(List.of(table.name()));
        }
        return paths;
    }

    private static void add(SchemaPlus root, List<String> path, PlannedTable table) {
        SchemaPlus schema = root;
        for (String name : path.subList(0, path.size() - 1)) {
            SchemaPlus child = schema.subSchemas().get(name);
            schema = child != null ? child : schema.add(name, new AbstractSchema());
        }
        schema.add(path.getLast(), table);
    }
}
