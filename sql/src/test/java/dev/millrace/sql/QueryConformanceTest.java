package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole queries over small tables full of nulls: rows, their order, names, types and keys are held against Postgres. */
class QueryConformanceTest {
    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        for (String statement : Script.statements("tables.sql")) {
            Oracle.get().execute(statement);
        }
        tables = Tables.copyOf(List.of("item", "line", "note", "pair"));
    }

    static List<String> queries() {
        return Stream.of("queries.sql", "algebra.sql")
                .flatMap(script -> Script.statements(script).stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void result_equals_postgres(String sql) throws SQLException {
        Answer expected = Answer.to(sql);
        CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
        List<Row> rows = tables.run(query);

        assertEquals(expected.columns(), columns(query));
        ZSet difference = new ZSet();
        expected.rows().forEach(row -> difference.append(row, 1));
        rows.forEach(row -> difference.append(row, -1));
        assertTrue(
                difference.consolidate().isEmpty(),
                () -> "missing (+) or superfluous (-) rows: " + difference + "\nof " + query.plan());
        if (!query.order().isEmpty()) {
            assertEquals(expected.rows(), rows, "the order of rows");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void compiled_key_is_unique_in_the_result(String sql) {
        CompiledQuery query = SqlCompiler.compile(sql, tables.catalog());
        query.key().ifPresent(key -> {
            int[] columns = key.stream().mapToInt(Integer::intValue).toArray();
            Set<Row> seen = new HashSet<>();
            tables.run(query)
                    .forEach(row -> assertTrue(seen.add(row.key(columns)), () -> "twice " + row + " by " + key));
        });
    }

    private static List<Column> columns(CompiledQuery query) {
        return query.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
    }
}
