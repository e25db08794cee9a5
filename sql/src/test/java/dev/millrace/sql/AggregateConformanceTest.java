package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every aggregate over edge values of every type, with DISTINCT and with FILTER: Postgres's value, type and errors. What Postgres
 * refuses is refused here. Sums of floats may differ in the last digits, since Postgres rounds on the way.
 */
class AggregateConformanceTest {
    private static final List<String> TYPES = List.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "numeric",
            "text",
            "varchar",
            "bpchar",
            "bytea",
            "date",
            "timestamp",
            "timestamptz",
            "uuid",
            "time",
            "interval",
            "oid");
    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.UNSUPPORTED_SQL, ErrorCode.INVALID_QUERY, ErrorCode.UNKNOWN_FUNCTION);
    private static final double TOLERANCE = 1e-6;
    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        for (String statement : Script.statements("values.sql")) {
            Oracle.get()
                    .execute(statement
                            .replace("CREATE TABLE v_", "CREATE TABLE a_")
                            .replace("INTO v_", "INTO a_"));
        }
        tables = Tables.copyOf(TYPES.stream().map(type -> "a_" + type).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count",
                "sum",
                "avg",
                "min",
                "max",
                "bool_and",
                "bool_or",
                "every",
                "stddev",
                "stddev_pop",
                "stddev_samp",
                "variance",
                "var_pop",
                "var_samp",
                "bit_and",
                "bit_or",
                "bit_xor"
            })
    void aggregate_equals_postgres(String aggregate) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String type : TYPES) {
            for (String call : List.of(
                    "%s(v)", "%s(DISTINCT v)", "%s(v) FILTER (WHERE id > 2)", "%s(DISTINCT v) FILTER (WHERE id < 6)")) {
                boolean addsForms = type.equals("interval") && call.contains("DISTINCT") && !aggregate.equals("count");
                if (addsForms) {
                    // Of 1 month and 30 days, which are equal, Postgres takes either.
                    continue;
                }
                for (String rows : List.of("id < 4", "true", "false", "id = 2")) {
                    compare("SELECT %s FROM a_%s WHERE %s".formatted(call.formatted(aggregate), type, rows), failures);
                }
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percentile_disc(0.5)",
                "percentile_disc(ARRAY[0, 0.25, NULL, 0.9])",
                "percentile_cont(0.33)",
                "percentile_cont(ARRAY[1, 0.25, NULL])",
                "mode()"
            })
    void aggregate_of_an_ordered_set_equals_postgres(String aggregate) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String type : TYPES) {
            if (type.equals("bpchar") && aggregate.contains("ARRAY")) {
                // There are no arrays of char(n).
                continue;
            }
            for (String order : List.of("v", "v DESC")) {
                for (String rows : List.of("true", "false")) {
                    String call = "%s WITHIN GROUP (ORDER BY %s)".formatted(aggregate, order);
                    compare("SELECT %s FROM a_%s WHERE %s".formatted(call, type, rows), failures);
                }
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "corr",
                "covar_pop",
                "covar_samp",
                "regr_count",
                "regr_avgx",
                "regr_avgy",
                "regr_sxx",
                "regr_syy",
                "regr_sxy",
                "regr_slope",
                "regr_intercept",
                "regr_r2"
            })
    void aggregate_of_pairs_equals_postgres(String aggregate) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String type : List.of("int2", "numeric", "float8", "text")) {
            for (String pair : List.of("v, id", "id, v", "id, 1", "DISTINCT 1, id", "DISTINCT id % 2, id")) {
                for (String rows : List.of("id < 4", "false", "id = 2")) {
                    String call = "%s(%s)".formatted(aggregate, pair);
                    compare("SELECT %s FROM a_%s WHERE %s".formatted(call, type, rows), failures);
                }
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    private static void compare(String sql, List<String> failures) throws SQLException {
        CompiledQuery query;
        try {
            query = SqlCompiler.compile(sql, tables.catalog());
        } catch (MillraceException e) {
            if (!REFUSALS.contains(e.code()) || e.getMessage().contains("cannot be planned") || isAnswered(sql)) {
                failures.add(sql + ": " + e.getMessage());
            }
            return;
        }
        Answer expected;
        try {
            expected = Answer.to(sql);
        } catch (SQLException e) {
            if (!(e.getSQLState().startsWith("22") && fails(query))) {
                failures.add(sql + " is compiled, but in Postgres: " + e.getMessage());
            }
            return;
        }
        Column column = expected.columns().getFirst();
        if (!column.type().equals(query.columns().getFirst().type())) {
            failures.add(sql + " has type " + query.columns().getFirst().type() + ", but in Postgres " + column.type());
            return;
        }
        try {
            Object actual = tables.run(query).getFirst().get(0);
            Object wanted = expected.rows().getFirst().get(0);
            // Of equal numerics of different scales Postgres gives the first that it meets.
            boolean extreme = sql.contains("min(") || sql.contains("max(") || sql.contains("WITHIN GROUP");
            if (!(same(wanted, actual) || (extreme && Objects.equals(wanted, actual)))) {
                failures.add(sql + ": Postgres " + wanted + ", here " + actual);
            }
        } catch (MillraceException e) {
            failures.add(sql + ": Postgres " + expected.rows() + ", here " + e.getMessage());
        }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Number wanted
                && actual instanceof Number number
                && (wanted instanceof Double || wanted instanceof Float)) {
            double difference = Math.abs(wanted.doubleValue() - number.doubleValue());
            return Values.identical(wanted, number) || difference <= TOLERANCE * Math.abs(wanted.doubleValue());
        }
        return Objects.equals(expected, actual) && Values.identical(expected, actual);
    }

    private static boolean isAnswered(String sql) {
        try {
            Oracle.get().texts(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean fails(CompiledQuery query) {
        try {
            List<Row> ignored = tables.run(query);
            return ignored == null;
        } catch (MillraceException e) {
            return e.code() == ErrorCode.DATA_ERROR;
        }
    }
}
