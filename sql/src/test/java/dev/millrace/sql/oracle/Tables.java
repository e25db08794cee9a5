package dev.millrace.sql.oracle;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.ReferenceEvaluator;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.clock.ClockPlans;
import dev.millrace.sql.compile.CompiledQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tables of the oracle, copied once: their catalog, and their rows for as many circuits as wanted. */
public final class Tables {
    /** 2024-06-01 */
    private static final long NOW = 1_717_200_000_000_000L;

    private final Map<CatalogTable, List<Row>> contents = new LinkedHashMap<>();

    /** Copies these tables of the oracle's public schema as they are now. */
    public static Tables copyOf(List<String> names) throws SQLException {
        Tables tables = new Tables();
        for (String name : names) {
            Answer answer = Answer.to("SELECT * FROM " + name);
            tables.contents.put(definition(name, answer.columns()), answer.rows());
        }
        return tables;
    }

    public Catalog catalog() {
        return new Catalog(List.copyOf(contents.keySet()));
    }

    /** The rows of a compiled query over these tables, computed without operators, presented in its order. */
    public List<Row> recompute(CompiledQuery query) {
        Map<String, List<Row>> rowsById = new HashMap<>();
        contents.forEach((table, rows) -> rowsById.put(table.id(), rows));
        return presented(query, new ReferenceEvaluator(rowsById).evaluate(query.plan()));
    }

    /** The rows that a circuit gives for a compiled query over these tables, presented in its order. */
    public List<Row> run(CompiledQuery query) {
        return evaluate(query, contents);
    }

    /** As {@link #run}, but with these rows in the place of some tables'. */
    public List<Row> runWith(Map<String, List<Row>> replaced, CompiledQuery query) {
        Map<CatalogTable, List<Row>> rows = new LinkedHashMap<>(contents);
        rows.replaceAll((table, all) -> replaced.getOrDefault(table.name(), all));
        return evaluate(query, rows);
    }

    /** A view of a compiled query over these tables. */
    public View install(CompiledQuery query) {
        return view(query, contents);
    }

    /** The copied rows of a table. */
    public List<Row> rows(String name) {
        return contents.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<Row> evaluate(CompiledQuery query, Map<CatalogTable, List<Row>> contents) {
        View view = view(query, contents);
        view.refusal().ifPresent(error -> {
            throw error;
        });
        return presented(query, view.rows());
    }

    private static View view(CompiledQuery query, Map<CatalogTable, List<Row>> contents) {
        Circuit circuit = new Circuit();
        contents.forEach((table, rows) -> {
            if (query.tables().contains(table.id())) {
                TableInput input = circuit.createTable(table.id(), table.rowTypes(), table.key());
                rows.forEach(input::insert);
            }
        });
        circuit.step();
        return circuit.install(ClockPlans.at(query.plan(), NOW));
    }

    private static List<Row> presented(CompiledQuery query, List<Row> result) {
        List<Row> rows = new ArrayList<>(result);
        rows.sort(SortKey.comparator(query.order()));
        int[] visible = IntStream.range(0, query.columns().size()).toArray();
        return rows.stream().map(row -> row.project(visible)).toList();
    }

    private static CatalogTable definition(String name, List<Column> columns) throws SQLException {
        List<String> notNull = attributes(
                "SELECT attname FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnotnull AND attnum > 0"
                        .formatted(name));
        List<String> key = attributes(
                ("SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
                                + " WHERE i.indrelid = '%s'::regclass AND i.indisprimary")
                        .formatted(name));
        List<CatalogTable.Column> described = columns.stream()
                .map(column -> new CatalogTable.Column(
                        column.name(),
                        column.type().toString(),
                        Optional.of(column.type()),
                        !notNull.contains(column.name())))
                .toList();
        List<Integer> keyColumns = IntStream.range(0, columns.size())
                .filter(i -> key.contains(columns.get(i).name()))
                .boxed()
                .toList();
        return new CatalogTable("oracle", Catalog.DEFAULT_SCHEMA, name, described, keyColumns);
    }

    private static List<String> attributes(String query) throws SQLException {
        return Oracle.get().texts(query).stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
