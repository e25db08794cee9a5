package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.oracle.Column;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Outcomes;
import dev.millrace.sql.oracle.Script;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operator, function and cast over edge values of every type and pair of types: Postgres's value, type and errors. What
 * Postgres refuses is refused here; what is refused here although Postgres has it is refused by a code, never computed otherwise.
 */
class ExpressionConformanceTest {
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
            "timetz",
            "interval",
            "json",
            "jsonb",
            "oid");
    private static final Set<ErrorCode> REFUSALS = Set.of(
            ErrorCode.UNSUPPORTED_SQL, ErrorCode.UNSUPPORTED_TYPE, ErrorCode.INVALID_QUERY, ErrorCode.UNKNOWN_FUNCTION);
    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        for (String statement : Script.statements("values.sql")) {
            Oracle.get().execute(statement);
        }
        for (String type : TYPES) {
            Oracle.get().execute("CREATE TABLE w_%s (LIKE v_%s INCLUDING ALL)".formatted(type, type));
            Oracle.get().execute("INSERT INTO w_%s SELECT * FROM v_%s".formatted(type, type));
        }
        Oracle.get().execute("CREATE TABLE w_one (id int4 PRIMARY KEY)");
        Oracle.get().execute("INSERT INTO w_one VALUES (1)");
        tables = Tables.copyOf(Stream.concat(
                        Stream.of("w_one"), TYPES.stream().flatMap(type -> Stream.of("v_" + type, "w_" + type)))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l.v + r.v",
                "l.v - r.v",
                "l.v * r.v",
                "l.v / r.v",
                "l.v % r.v",
                "l.v = r.v",
                "l.v < r.v",
                "l.v >= r.v",
                "l.v IS DISTINCT FROM r.v",
                "l.v || r.v",
                "l.v LIKE r.v",
                "coalesce(l.v, r.v)",
                "nullif(l.v, r.v)",
                "greatest(l.v, r.v)",
                "least(l.v, r.v)",
                "CASE WHEN l.id > 2 THEN l.v ELSE r.v END",
                "round(l.v, r.v)",
                "trunc(l.v, r.v)",
                "strpos(l.v, r.v)",
                "position(l.v IN r.v)",
                "\"left\"(l.v, r.v)",
                "\"right\"(l.v, r.v)",
                "replace(l.v, r.v, 'x')",
                "substring(l.v FROM r.v)",
                "substring(l.v FROM r.v FOR 2)",
                "split_part(l.v, r.v, -2)",
                "split_part('1e3a1e31', l.v, r.v)",
                "trim(BOTH r.v FROM l.v)"
            })
    void expression_over_two_columns_equals_postgres(String expression) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String left : TYPES) {
            for (String right : TYPES) {
                compare(expression, "v_" + left, "w_" + right, failures);
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-l.v",
                "+l.v",
                "NOT l.v",
                "l.v IS NULL",
                "l.v IS TRUE",
                "l.v IS NOT FALSE",
                "l.v IS UNKNOWN",
                "abs(l.v)",
                "ceil(l.v)",
                "ceiling(l.v)",
                "floor(l.v)",
                "round(l.v)",
                "trunc(l.v)",
                "upper(l.v)",
                "lower(l.v)",
                "length(l.v)",
                "char_length(l.v)",
                "trim(l.v)",
                "trim(LEADING 'a ' FROM l.v)",
                "trim(TRAILING FROM l.v)",
                "substring(l.v, 2)",
                "substring(l.v, -1, 3)",
                "to_json(l.v)",
                "to_jsonb(l.v)",
                "json_build_array(l.v, NULL, ARRAY[l.v])",
                "jsonb_build_array(l.v, NULL, ARRAY[l.v])",
                "json_build_object(l.v, l.v)",
                "jsonb_build_object(l.v, l.v)",
                "l.v LIKE '%a%'",
                "l.v ILIKE '_A%'",
                "l.v LIKE 'a!%' ESCAPE '!'",
                "l.v = '12'",
                "l.v IN ('12', 'ab ')",
                "l.v > 1",
                "l.v BETWEEN 0 AND 10.5",
                "l.v + 1",
                "l.v * 2.50",
                "l.v / 3",
                "l.v || 'é'",
                "coalesce(l.v, '12')",
                "mod(l.v, 3)",
                "split_part(l.v, '2', 2)",
                "split_part(l.v, ' ', -1)"
            })
    void expression_over_a_column_equals_postgres(String expression) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String type : TYPES) {
            compare(expression, "v_" + type, "w_one", failures);
        }
        assertEquals("", String.join("\n", failures));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bool",
                "int2",
                "int4",
                "int8",
                "float4",
                "float8",
                "numeric",
                "numeric(5,2)",
                "numeric(3)",
                "text",
                "varchar(3)",
                "date",
                "timestamp",
                "timestamptz",
                "uuid",
                "bytea",
                "time",
                "timetz",
                "interval",
                "json",
                "jsonb",
                "oid"
            })
    void cast_equals_postgres(String target) throws SQLException {
        List<String> failures = new ArrayList<>();
        for (String type : TYPES) {
            compare("l.v::" + target, "v_" + type, "w_one", failures);
        }
        assertEquals("", String.join("\n", failures));
    }

    private static void compare(String expression, String left, String right, List<String> failures)
            throws SQLException {
        String sql = "SELECT l.id, r.id, %s FROM %s l CROSS JOIN %s r".formatted(expression, left, right);
        String name = expression + " over " + left + ", " + right;
        CompiledQuery query;
        try {
            query = SqlCompiler.compile(sql, tables.catalog());
        } catch (MillraceException e) {
            boolean refused = REFUSALS.contains(e.code()) && !e.getMessage().contains("cannot be planned");
            if (!refused && !(e.code() == ErrorCode.DATA_ERROR && failsInPostgres(sql))) {
                failures.add(name + ": " + e.getMessage());
            }
            return;
        }
        Column expected;
        try {
            expected = Oracle.get().columns(sql).getLast();
        } catch (SQLException e) {
            failures.add(name + " is compiled, but in Postgres: " + e.getMessage());
            return;
        } catch (IllegalArgumentException e) {
            failures.add(name + " is compiled, but in Postgres it has an unsupported type: " + e.getMessage());
            return;
        }
        CompiledQuery.OutputColumn actual = query.columns().getLast();
        if (!expected.type().equals(actual.type())) {
            failures.add(name + " has type " + actual.type() + ", but in Postgres " + expected.type());
            return;
        }
        Outcomes.differences(
                        Outcomes.inPostgres(expression, expected.type().type(), left, right),
                        Outcomes.here(query, tables, left, right))
                .stream()
                .limit(6)
                .forEach(difference -> failures.add(name + " " + difference));
    }

    /** Whether a constant in the query is malformed. */
    private static boolean failsInPostgres(String sql) {
        try {
            Oracle.get().texts(sql);
            return false;
        } catch (SQLException e) {
            return e.getSQLState().startsWith("22");
        }
    }
}
