package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recursive queries, live over tables that change: after each step their rows are held against Postgres. */
class RecursionConformanceTest {
    private static final int STEPS = 25;
    private static final List<String> NAMES = List.of("edge", "employee", "part");

    private final Random random = new Random(20);
    private final Map<String, List<Integer>> ids =
            Map.of("edge", new ArrayList<>(), "employee", new ArrayList<>(), "part", new ArrayList<>());
    private final Circuit circuit = new Circuit();
    private int nextId;

    @Test
    void rows_equal_postgres_after_each_step() throws SQLException {
        Oracle.get().execute("CREATE TABLE edge (id int4 PRIMARY KEY, a int4, b int4)");
        Oracle.get().execute("CREATE TABLE employee (id int4 PRIMARY KEY, boss int4, name text, salary numeric(8,2))");
        Oracle.get().execute("CREATE TABLE part (id int4 PRIMARY KEY, whole text, component text, quantity int4)");
        Tables tables = Tables.copyOf(NAMES);
        tables.catalog().tables().forEach(table -> circuit.createTable(table.id(), table.rowTypes(), table.key()));
        List<String> queries = Script.statements("recursion.sql");
        List<CompiledQuery> compiled = new ArrayList<>();
        for (String sql : queries) {
            compiled.add(assertDoesNotThrow(() -> SqlCompiler.compile(sql, tables.catalog()), sql));
            assertEquals(Answer.to(sql).columns(), columns(compiled.getLast()), sql);
        }
        List<View> views = new ArrayList<>();
        for (int i = 0; i < compiled.size(); i += 2) {
            views.add(circuit.install(compiled.get(i).plan()));
        }
        for (int step = 0; step < STEPS; step++) {
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                change(tables);
            }
            assertEquals(List.of(), circuit.step().failed());
            if (step == STEPS / 2) {
                // The others begin over rows that are there.
                for (int i = 1; i < compiled.size(); i += 2) {
                    views.add(2 * (i / 2) + 1, circuit.install(compiled.get(i).plan()));
                }
            }
            boolean all = views.size() == compiled.size();
            for (int i = 0; i < views.size(); i++) {
                int query = all ? i : 2 * i;
                assertSame(queries.get(query), compiled.get(query), views.get(i));
            }
        }
        views.forEach(circuit::release);
        assertEquals(0, circuit.nodeCount());
    }

    private static void assertSame(String sql, CompiledQuery query, View view) throws SQLException {
        int[] visible = IntStream.range(0, query.columns().size()).toArray();
        ZSet difference = new ZSet();
        Answer.to(sql).rows().forEach(row -> difference.append(row, 1));
        view.rows().forEach(row -> difference.append(row.project(visible), -1));
        assertTrue(
                difference.consolidate().isEmpty(),
                () -> "missing (+) or superfluous (-) rows: " + difference + " of " + sql);
    }

    private void change(Tables tables) throws SQLException {
        String name = NAMES.get(Math.min(random.nextInt(4), 2));
        TableInput table = Objects.requireNonNull(circuit.table(tables.catalog().tables().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id()));
        List<Integer> present = Objects.requireNonNull(ids.get(name));
        if (present.size() > random.nextInt(20)) {
            Integer id = present.get(random.nextInt(present.size()));
            present.removeIf(id::equals);
            table.delete(Row.of(id));
            Oracle.get().execute("DELETE FROM " + name + " WHERE id = " + id);
            return;
        }
        Integer id = name.equals("employee") ? free(present) : Integer.valueOf(nextId++);
        Row row = row(name, id, present);
        present.add(id);
        present.sort(Comparator.naturalOrder());
        table.insert(row);
        Oracle.get().execute("INSERT INTO " + name + " VALUES (" + sql(row) + ")");
    }

    private static Integer free(List<Integer> present) {
        return IntStream.iterate(1, id -> id + 1)
                .filter(id -> !present.contains(id))
                .findFirst()
                .orElseThrow();
    }

    private Row row(String name, Integer id, List<Integer> present) {
        return switch (name) {
            case "edge" -> Row.of(id, random.nextInt(1, 8), random.nextInt(1, 8));
            case "employee" -> {
                List<Integer> above = present.stream().filter(each -> each < id).toList();
                Integer boss =
                        above.isEmpty() || random.nextInt(5) == 0 ? null : above.get(random.nextInt(above.size()));
                yield Row.of(
                        id, boss, "n" + random.nextInt(4), Decimal.of(BigDecimal.valueOf(random.nextInt(10_000), 2)));
            }
            default -> {
                int whole = random.nextInt(5);
                yield Row.of(id, letter(whole), letter(random.nextInt(whole + 1, 7)), random.nextInt(1, 5));
            }
        };
    }

    private static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }

    private static String sql(Row row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.get(i) == null ? "NULL" : "'" + row.get(i) + "'");
        }
        return String.join(", ", values);
    }

    private static List<Column> columns(CompiledQuery query) {
        return query.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
    }
}
