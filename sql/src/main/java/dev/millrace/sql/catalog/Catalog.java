package dev.millrace.sql.catalog;

import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.SessionZone;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All tables, views and functions that a query can name. A table is named by its bare name if it is in its source's {@code public} schema and no other
 * source has one of that name there, {@code schema.name} likewise, and always {@code source.name} (in {@code public}) and
 * {@code source.schema.name}. The database's own come first: theirs is the bare name in any case.
 *
 * @param timeZone in which times with time zone are read and written
 */
public record Catalog(List<CatalogTable> tables, List<CatalogView> views, FunctionRegistry functions, ZoneId timeZone) {
    public static final String DEFAULT_SCHEMA = "public";

    public Catalog {
        tables = List.copyOf(tables);
        views = List.copyOf(views);
    }

    /** In the session's time zone. */
    public Catalog(List<CatalogTable> tables, List<CatalogView> views, FunctionRegistry functions) {
        this(tables, views, functions, SessionZone.current());
    }

    /** These tables and Postgres's functions. */
    public Catalog(List<CatalogTable> tables) {
        this(tables, List.of(), FunctionRegistry.BUILT_IN);
    }

    /** The same with more tables. */
    public Catalog with(List<CatalogTable> more) {
        return new Catalog(Stream.concat(tables.stream(), more.stream()).toList(), views, functions, timeZone);
    }

    /** The same in another time zone. */
    public Catalog in(ZoneId zone) {
        return new Catalog(tables, views, functions, zone);
    }

    public Optional<CatalogView> view(String id) {
        return views.stream().filter(view -> view.id().equals(id)).findFirst();
    }

    /** The tables and views. */
    public List<CatalogTable> relations() {
        return Stream.concat(tables.stream(), views.stream().map(CatalogView::table))
                .toList();
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

    /** Whom each name means, by its parts: an own table or view, or else the only table that has it. */
    public Map<List<String>, CatalogTable> names() {
        Map<List<String>, CatalogTable> names = new HashMap<>();
        Set<List<String>> ambiguous = new HashSet<>();
        for (CatalogTable table : relations()) {
            if (!isOwn(table)) {
                for (List<String> path : paths(table)) {
                    if (names.putIfAbsent(path, table) != null) {
                        ambiguous.add(path);
                    }
                }
            }
        }
        names.keySet().removeAll(ambiguous);
        relations().stream()
                .filter(Catalog::isOwn)
                .forEach(table -> paths(table).forEach(path -> names.put(path, table)));
        return names;
    }

    private static boolean isOwn(CatalogTable table) {
        return table.source().equals(OwnTable.SOURCE);
    }

    private static Set<List<String>> paths(CatalogTable table) {
        Set<List<String>> paths = new HashSet<>();
        paths.add(List.of(table.source(), table.schema(), table.name()));
        paths.add(List.of(table.schema(), table.name()));
        if (table.schema().equals(DEFAULT_SCHEMA)) {
            paths.add(List.of(table.source(), table.name()));
            paths.add(List.of(table.name()));
        }
        return paths;
    }
}
