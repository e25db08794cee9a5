package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All queries of {@code algebra.sql} and {@code failing.sql} in one circuit, over tables that change: after each transaction each of them shows what Postgres answers, and has no
 * result just while that is a data error.
 */
class ChangingDataTest {
    private static final List<String> NAMES = List.of("item", "line", "note", "pair");
    private static final int TRANSACTIONS = 12;

    private final Circuit circuit = new Circuit();
    private final List<Followed> followed = new ArrayList<>();
    private final List<Live> queries = new ArrayList<>();

    /** A table of the circuit, and its rows when they were read last. */
    private record Followed(String name, TableInput input, List<Row> contents) {}

    private record Live(String sql, CompiledQuery query, View view) {}

    @BeforeAll
    static void create_tables() throws SQLException {
        Oracle.get().execute("CREATE SCHEMA changing");
        Oracle.get().execute("SET search_path TO changing");
        for (String statement : Script.statements("tables.sql")) {
            Oracle.get().execute(statement);
        }
    }

    @AfterAll
    static void leave_schema() throws SQLException {
        Oracle.get().execute("RESET search_path");
    }

    @Test
    void views_equal_postgres_after_each_transaction() throws SQLException {
        install();
        assertAllEqual("the beginning");
        long seed = Long.getLong("millrace.seed", 1);
        Changes changes = new Changes(new Random(seed));
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<String> transaction = i == TRANSACTIONS / 2 ? changes.emptyAll() : changes.next();
            for (String statement : transaction) {
                Oracle.get().execute(statement);
            }
            follow();
            assertAllEqual("seed " + seed + ", transaction " + i + ": " + transaction);
        }
    }

    private void install() throws SQLException {
        Tables tables = Tables.copyOf(NAMES);
        for (CatalogTable table : tables.catalog().tables()) {
            TableInput input = circuit.createTable(table.id(), table.rowTypes(), table.key());
            tables.rows(table.name()).forEach(input::insert);
            followed.add(new Followed(table.name(), input, tables.rows(table.name())));
        }
        circuit.step();
        List<String> statements = new ArrayList<>(Script.statements("algebra.sql"));
        statements.addAll(Script.statements("failing.sql"));
        for (String sql : statements) {
            CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
            queries.add(new Live(sql, query, circuit.install(query.plan())));
        }
    }

    /** Takes to the circuit what has changed in Postgres. */
    private void follow() throws SQLException {
        Tables now = Tables.copyOf(NAMES);
        followed.replaceAll(table -> {
            List<Row> rows = now.rows(table.name);
            ZSet difference = difference(rows, table.contents);
            TableInput input = table.input;
            for (int i = 0; i < difference.size(); i++) {
                for (long gone = difference.weight(i); gone < 0; gone++) {
                    input.delete(input.keyOf(difference.row(i)));
                }
            }
            for (int i = 0; i < difference.size(); i++) {
                for (long come = difference.weight(i); come > 0; come--) {
                    input.insert(difference.row(i));
                }
            }
            return new Followed(table.name, input, rows);
        });
        circuit.step();
    }

    private void assertAllEqual(String when) throws SQLException {
        for (Live each : queries) {
            assertEqual(each, () -> each.sql + "\nafter " + when);
        }
    }

    private static void assertEqual(Live live, Supplier<String> when) throws SQLException {
        CompiledQuery query = live.query;
        assertNull(live.view.failure(), when);
        Answer expected;
        try {
            expected = Answer.to(live.sql);
        } catch (SQLException e) {
            // Classes 21 and 22: cardinality violation, data exception.
            assertTrue(String.valueOf(e.getSQLState()).matches("2[12].*"), () -> e + "\nof " + when.get());
            assertTrue(live.view.isInError(), () -> "no error, but in Postgres: " + e + "\nof " + when.get());
            return;
        }
        assertEquals(Optional.empty(), live.view.error(), when);
        int[] visible = IntStream.range(0, query.columns().size()).toArray();
        List<Row> rows =
                live.view.rows().stream().map(row -> row.project(visible)).toList();
        ZSet difference = difference(expected.rows(), rows);
        assertTrue(
                difference.isEmpty(),
                () -> "missing (+) or superfluous (-) rows: " + difference + "\nof " + when.get());
        assertEquals(
                expected.columns(),
                query.columns().stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList(),
                when);
        query.key().ifPresent(key -> {
            int[] columns = key.stream().mapToInt(Integer::intValue).toArray();
            Set<Row> seen = new HashSet<>();
            rows.forEach(row ->
                    assertTrue(seen.add(row.key(columns)), () -> "twice " + row + " by " + key + "\nin " + when.get()));
        });
    }

    private static ZSet difference(List<Row> more, List<Row> less) {
        ZSet difference = new ZSet();
        more.forEach(row -> difference.append(row, 1));
        less.forEach(row -> difference.append(row, -1));
        return difference.consolidate();
    }

    /** Random transactions over the tables. */
    private record Changes(Random random) {
        List<String> next() {
            return IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> statement())
                    .toList();
        }

        List<String> emptyAll() {
            return NAMES.stream().map(name -> "DELETE FROM " + name).toList();
        }

        private String statement() {
            int many = 1 + random.nextInt(4);
            return switch (random.nextInt(9)) {
                case 0 -> "DELETE FROM item WHERE id %% %d = 0".formatted(many);
                case 1 -> "DELETE FROM line WHERE id %% %d = 0".formatted(1 + many);
                case 2 -> "DELETE FROM pair WHERE q = %d".formatted(many);
                case 3 ->
                    "UPDATE item SET x = y, name = nullif(name || 'x', 'oakx'), weight = weight + 1 WHERE id %% %d = 0"
                            .formatted(many);
                case 4 ->
                    "UPDATE line SET x = nullif(%d, 2), price = price + 1, item_id = id - 1 WHERE id %% 3 = 0"
                            .formatted(many);
                case 5 -> "UPDATE note SET x = nullif(%d, 3), body = tag WHERE x = %d".formatted(many, 5 - many);
                case 6 ->
                    "INSERT INTO item SELECT i + coalesce((SELECT max(id) FROM item), 0), nullif(i, 2), nullif(i %% 3, 1), %s, i / 2.0 FROM generate_series(1, %d) i"
                            .formatted(random.nextBoolean() ? "'oak'" : "NULL", 2 * many);
                case 7 ->
                    "INSERT INTO line SELECT i + coalesce((SELECT max(id) FROM line), 0), nullif(i, 2), %d, i / 2.0, '2024-02-27' FROM generate_series(1, %d) i"
                            .formatted(many, 3 * many);
                default ->
                    "INSERT INTO note SELECT (ARRAY['ash', 'oak', ''])[1 + i %% 3], nullif(i %% 4, 1), 'a', 'ab' FROM generate_series(1, %d) i"
                            .formatted(2 * many);
            };
        }
    }
}
