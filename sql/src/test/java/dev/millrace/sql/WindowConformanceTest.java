package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Window functions in whole queries, over random rows that change: at every state Postgres's rows, names and types. */
class WindowConformanceTest {
    private static final int STATES = 6;
    private static final String INSERTION = """
            INSERT INTO win SELECT i, nullif((random() * 3)::int, 3), nullif((random() * 6)::int, 4), nullif((random() * 5)::int, 2),
                nullif((random() * 9)::int, 5), (ARRAY['1', '1.50', '0.25', '-2', '3.0', 'NaN', NULL])[1 + floor(random() * 7)]::numeric,
                nullif((random() * 8)::int, 3) / 2.0, (ARRAY['ash', 'oak', 'elm', '', NULL])[1 + floor(random() * 5)],
                nullif(date '2024-02-27' + (random() * 40)::int, date '2024-03-02'), timestamp '2024-02-28 12:00' + (random() * 20)::int * interval '20 minutes',
                timestamptz '2024-02-28 12:00+00' + (random() * 20)::int * interval '20 minutes', (ARRAY[true, false, NULL])[1 + floor(random() * 3)]
            FROM generate_series(%d, %d) i ON CONFLICT DO NOTHING""";

    private static final List<Tables> STATE = new ArrayList<>();
    private static final List<Map<String, Answer>> ANSWERS = new ArrayList<>();

    @BeforeAll
    static void run_in_postgres() throws SQLException {
        Oracle oracle = Oracle.get();
        oracle.execute(
                "CREATE TABLE win (id int4 PRIMARY KEY, g int4, k int4, s int2, i int8, n numeric, f float8, t text, d date, ts timestamp, z timestamptz, b bool)");
        oracle.execute("SELECT setseed(0.17)");
        for (int state = 0; state < STATES; state++) {
            if (state == 0) {
                oracle.execute(INSERTION.formatted(1, 40));
            } else {
                oracle.execute("DELETE FROM win WHERE random() < 0.1");
                oracle.execute("UPDATE win SET k = nullif((random() * 6)::int, 4) WHERE random() < 0.1");
                oracle.execute(INSERTION.formatted(state * 7, state * 7 + 4));
            }
            STATE.add(Tables.copyOf(List.of("win")));
            Map<String, Answer> answers = new HashMap<>();
            for (String query : queries()) {
                answers.put(query, Answer.to(query));
            }
            ANSWERS.add(answers);
        }
    }

    static List<String> queries() {
        return Script.statements("windows.sql");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void live_result_equals_postgres(String sql) {
        CompiledQuery query = SqlCompiler.compile(sql, STATE.getFirst().catalog());
        CatalogTable table = STATE.getFirst().catalog().tables().getFirst();
        Circuit circuit = new Circuit();
        TableInput input = circuit.createTable(table.id(), table.rowTypes(), table.key());
        List<Row> before = List.of();
        View view = circuit.install(query.plan());
        for (int state = 0; state < STATES; state++) {
            List<Row> rows = STATE.get(state).rows("win");
            List<Row> former = before;
            former.stream().filter(row -> !rows.contains(row)).forEach(row -> input.delete(input.keyOf(row)));
            rows.stream().filter(row -> !former.contains(row)).forEach(input::insert);
            circuit.step();
            before = rows;
            Answer expected = Objects.requireNonNull(ANSWERS.get(state).get(sql));
            assertEquals(expected.columns(), columns(query));
            ZSet difference = new ZSet();
            int[] visible = IntStream.range(0, query.columns().size()).toArray();
            expected.rows().forEach(row -> difference.append(row, 1));
            view.rows().forEach(row -> difference.append(row.project(visible), -1));
            assertTrue(
                    difference.consolidate().isEmpty(),
                    () -> "missing (+) or superfluous (-) rows: " + difference + "\nof " + query.plan());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT sum(k) OVER (ORDER BY id ROWS -1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY id ROWS NULL PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY k RANGE -1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY k RANGE 1.5 PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY t RANGE 1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY k, id RANGE 1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (RANGE 1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM win",
                "SELECT sum(k) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM win",
                "SELECT sum(k) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW) FROM win",
                "SELECT sum(k) OVER (ORDER BY id ROWS UNBOUNDED FOLLOWING) FROM win",
                "SELECT ntile(0) OVER (ORDER BY id) FROM win",
                "SELECT nth_value(k, 0) OVER (ORDER BY id) FROM win",
                "SELECT nth_value(k, -1) OVER (ORDER BY id) FROM win",
                "SELECT lag(k, 1.5) OVER (ORDER BY id) FROM win",
                "SELECT lag(k) FILTER (WHERE b) OVER (ORDER BY id) FROM win",
                "SELECT count(DISTINCT k) OVER (ORDER BY id) FROM win",
                "SELECT sum(t) OVER (ORDER BY id) FROM win",
                "SELECT row_number() FROM win",
                "SELECT row_number(k) OVER () FROM win",
                "SELECT rank() FILTER (WHERE b) OVER (ORDER BY k) FROM win",
                "SELECT id FROM win WHERE row_number() OVER (ORDER BY id) < 3",
                "SELECT count(*) FROM win GROUP BY rank() OVER (ORDER BY id)",
                "SELECT sum(rank() OVER (ORDER BY id)) FROM win",
                "SELECT sum(rank() OVER (ORDER BY id)) OVER (ORDER BY k) FROM win",
                "SELECT rank() OVER (ORDER BY rank() OVER (ORDER BY id)) FROM win",
                "SELECT rank() OVER (w PARTITION BY g) FROM win WINDOW w AS (ORDER BY id)",
                "SELECT rank() OVER (w ORDER BY g) FROM win WINDOW w AS (ORDER BY id)",
                "SELECT rank() OVER (w) FROM win WINDOW w AS (ORDER BY id ROWS 1 PRECEDING)",
                "SELECT rank() OVER missing FROM win",
                "SELECT sum(k) OVER (ORDER BY g) FROM win GROUP BY g"
            })
    void what_postgres_refuses_is_refused(String sql) {
        assertThrows(SQLException.class, () -> Answer.to(sql));
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> SqlCompiler.compile(sql, STATE.getFirst().catalog()));
        assertTrue(
                refused.code() == ErrorCode.INVALID_QUERY
                        || refused.code() == ErrorCode.UNKNOWN_FUNCTION
                        || refused.code() == ErrorCode.SYNTAX_ERROR,
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            EXCLUDE in a window's frame                     | SELECT sum(k) OVER (ORDER BY id ROWS 1 PRECEDING EXCLUDE CURRENT ROW) FROM win
            EXCLUDE in a window's frame                     | SELECT sum(k) OVER (ORDER BY id ROWS 1 PRECEDING EXCLUDE TIES) FROM win
            EXCLUDE in a window's frame                     | SELECT sum(k) OVER (ORDER BY id GROUPS 1 PRECEDING EXCLUDE TIES) FROM win
            ntile with a number that is not a constant      | SELECT ntile(k) OVER (ORDER BY id) FROM win
            lag with a number that is not a constant        | SELECT lag(k, g) OVER (ORDER BY id) FROM win
            a window's frame with a bound that is not a con | SELECT sum(k) OVER (ORDER BY id ROWS id % 3 PRECEDING) FROM win WHERE id > 0
            """)
    void what_is_missing_is_refused_by_its_name(String name, String sql) {
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> SqlCompiler.compile(sql, STATE.getFirst().catalog()));
        assertEquals(ErrorCode.UNSUPPORTED_SQL, refused.code(), refused.getMessage());
        assertTrue(refused.detail().startsWith(name), refused.getMessage());
    }

    private static List<Column> columns(CompiledQuery query) {
        return query.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
    }
}
