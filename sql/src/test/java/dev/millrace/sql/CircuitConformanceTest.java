package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole queries, all of those that are held against Postgres: a circuit gives the rows that a recomputation of the plan gives. */
@Disabled("until each plan node has an operator")
class CircuitConformanceTest {
    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        Oracle.get().execute("CREATE SCHEMA circuit");
        Oracle.get().execute("SET search_path = circuit, public");
        try {
            for (String statement : Script.statements("tables.sql")) {
                Oracle.get().execute(statement);
            }
            tables = Tables.copyOf(List.of("item", "line", "note", "pair"));
        } finally {
            Oracle.get().execute("SET search_path = public");
        }
    }

    static List<String> queries() {
        return Script.statements("queries.sql");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void circuit_gives_what_recomputing_gives(String sql) {
        CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
        List<Row> expected = tables.recompute(query);
        List<Row> rows = tables.run(query);
        ZSet difference = new ZSet();
        expected.forEach(row -> difference.append(row, 1));
        rows.forEach(row -> difference.append(row, -1));
        assertTrue(
                difference.consolidate().isEmpty(),
                () -> "missing (+) or superfluous (-) rows: " + difference + "\nof " + query.plan());
        if (!query.order().isEmpty()) {
            assertEquals(expected.size(), rows.size());
        }
    }
}
