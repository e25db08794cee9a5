package dev.millrace.lifecycle;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.delivery.Presentation;
import dev.millrace.error.ErrorCode;
import dev.millrace.message.Result;
import dev.millrace.message.ResultColumn;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What SHOW, DESCRIBE and EXPLAIN give: rows of texts. */
final class Listings {
    private Listings() {}

    static Result tables(Catalog catalog) {
        return of(
                List.of("name", "schema", "source", "key"),
                sorted(catalog.tables().stream()
                        .map(table -> List.of(table.name(), table.schema(), table.source(), key(table)))));
    }

    static Result views(Catalog catalog) {
        return of(
                List.of("name", "kind", "query"),
                sorted(catalog.views().stream()
                        .map(view -> List.of(
                                view.name(), view.isMaterialized() ? "materialized view" : "view", view.query()))));
    }

    /** The live queries: each with how many watch it, and what it reads. */
    static Result queries(Collection<InstalledQuery> queries) {
        return of(
                List.of("query", "subscribers", "reads"),
                sorted(queries.stream()
                        .map(query -> List.of(
                                query.sql(),
                                Integer.toString(query.subscribers()),
                                String.join(
                                        ", ",
                                        query.run().reads().stream().sorted().toList())))));
    }

    /** All functions that a query can call, with what each gives. */
    static Result functions(FunctionRegistry functions) {
        return of(
                List.of("function", "family", "gives"),
                sorted(functions.functions().stream()
                        .flatMap(function -> function.overloads().stream())
                        .map(overload -> List.of(
                                overload.declared(),
                                overload.description().family(),
                                overload.description().about()))
                        .distinct()));
    }

    /**
     * The columns of a table or view.
     *
     * @throws dev.millrace.error.MillraceException {@code UNKNOWN_TABLE}
     */
    static Result columns(Statement.Describe describe, Catalog catalog) {
        CatalogTable table = catalog.names().get(describe.name().path());
        if (table == null) {
            List<String> known =
                    catalog.relations().stream().map(CatalogTable::name).toList();
            throw describe.source()
                    .errorAt(
                            ErrorCode.UNKNOWN_TABLE,
                            "there is no table or view '" + describe.name() + "'"
                                    + NearestName.suggestion(describe.name().last(), known),
                            describe.name().offset());
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            CatalogTable.Column column = table.columns().get(i);
            rows.add(List.of(
                    column.name(),
                    column.typeName(),
                    column.nullable() ? "yes" : "no",
                    table.key().contains(i) ? "yes" : "no"));
        }
        return of(List.of("column", "type", "nullable", "key"), rows);
    }

    /** A text a row. */
    static Result lines(String column, List<String> lines) {
        return of(List.of(column), lines.stream().map(List::of).toList());
    }

    static Result names(String column, Stream<String> names) {
        return of(List.of(column), sorted(names.map(List::of)));
    }

    private static String key(CatalogTable table) {
        return String.join(
                ", ",
                table.key().stream()
                        .map(column -> table.columns().get(column).name())
                        .toList());
    }

    private static List<List<String>> sorted(Stream<List<String>> rows) {
        return rows.sorted(Comparator.comparing(row -> String.join("\0", row))).toList();
    }

    private static Result of(List<String> columns, List<List<String>> rows) {
        Presentation presentation = new Presentation(
                columns.stream()
                        .map(name -> new ResultColumn(name, ColumnType.of(DataType.TEXT), false))
                        .toList(),
                Optional.empty(),
                List.of());
        return new Result(
                presentation.schema(),
                presentation.rows(
                        rows.stream().map(row -> Row.owning(row.toArray())).toList()),
                0,
                Positions.NOWHERE,
                true);
    }
}
