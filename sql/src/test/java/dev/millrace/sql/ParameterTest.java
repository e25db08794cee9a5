package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.binding.Arguments;
import dev.millrace.sql.binding.BoundPlan;
import dev.millrace.sql.binding.InlinedValues;
import dev.millrace.sql.binding.PlanBinder;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.compile.CompiledQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters in SQL text: where they may stand, what types they get, and which queries share a circuit for all of their values. */
class ParameterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT id FROM orders WHERE customer_id = $1                                  | int4
                    SELECT id FROM orders WHERE $1 = customer_id                                  | int4
                    SELECT id FROM orders WHERE customer_id = $1 AND amount > $2                  | int4, numeric
                    SELECT id FROM orders WHERE amount > $2 AND customer_id = $1                  | int4, numeric
                    SELECT id FROM orders WHERE customer_id = $1::int8                            | int8
                    SELECT id FROM orders WHERE placed BETWEEN $1 AND $2                          | timestamp, timestamp
                    SELECT id FROM customers WHERE name = $1 OR name LIKE $2                      | text, text
                    SELECT id FROM customers WHERE code = $1 AND flag = $2                        | bpchar, bool
                    SELECT id FROM customers WHERE id IN ($1, $2)                                 | int4, int4
                    SELECT id + $1 FROM orders WHERE id = $1                                      | int4
                    SELECT id FROM orders WHERE id = $1 AND amount = $1                           | int4
                    SELECT id FROM orders WHERE amount = $1 AND id = $1                           | numeric
                    SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id AND c.name = $1 | text
                    SELECT '$2', id /* $3 */ FROM orders WHERE id = $1 -- $4                      | int4
                    SELECT id FROM orders WHERE $1 IS NULL OR id = $1                             | int4
                    SELECT count(*) FILTER (WHERE amount > $2) FROM orders WHERE customer_id = $1 | int4, numeric
                    SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > $1      | int8
                    SELECT CASE WHEN id = $1 THEN $2::text END FROM orders                        | int4, text
                    SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET ($2::int)                   | int8, int8
                    SELECT id FROM orders WHERE id > $1 UNION SELECT $2::int LIMIT $1             | int4, int4
                    SELECT id FROM (SELECT id FROM orders LIMIT $1) AS o WHERE id = $1            | int4
                    """)
    void parameter_has_the_type_of_its_first_place(String sql, String types) {
        assertEquals(
                types,
                String.join(
                        ", ",
                        compile(sql).parameters().stream()
                                .map(ColumnType::toString)
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    MR-1005 | could not determine the type of parameter $1; add a cast | SELECT id FROM orders WHERE $1 IS NULL
                    MR-1005 | could not determine the type of parameter $1: the query does not use it | SELECT id FROM orders WHERE id = $2
                    MR-1005 | there is no parameter $0                  | SELECT id FROM orders WHERE id = $0
                    MR-1005 | there is no parameter $99999999999        | SELECT id FROM orders WHERE id = $99999999999
                    MR-1001 | syntax error: the query ends too early    | SELECT id FROM orders WHERE id = ?
                    MR-1001 | syntax error at or near '$1'              | SELECT id FROM orders $1
                    MR-1001 | syntax error                               | SELECT id AS $1 FROM orders
                    MR-1003 | there is no column '$1'                   | SELECT "$1" FROM orders
                    MR-1006 | LIMIT or OFFSET of anything but a number  | SELECT id FROM orders LIMIT $1 + 1
                    MR-1005 | argument of LIMIT must be type bigint, not type numeric | SELECT id FROM orders WHERE amount = $1 LIMIT $1
                    MR-1005 | operator does not exist: text = integer   | SELECT id FROM customers WHERE id = $1 AND name = $1
                    """)
    void parameter_that_cannot_be_is_refused(String code, String start, String sql) {
        MillraceException error = assertThrows(MillraceException.class, () -> compile(sql));
        assertEquals(code, error.code().code(), error.getMessage());
        assertTrue(error.detail().startsWith(start), error.getMessage());
    }

    @Test
    void error_points_to_the_parameter() {
        MillraceException error = assertThrows(
                MillraceException.class, () -> compile("SELECT id\nFROM orders WHERE id = 1 AND $1 IS NULL"));
        assertTrue(error.detail().contains("(line 2, column 30)"), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders WHERE customer_id = $1",
                "SELECT * FROM orders WHERE customer_id = $1 AND amount > $2",
                "SELECT * FROM orders WHERE customer_id = $1 AND (amount > $2 OR placed < $3)",
                "SELECT *, $1::int4 FROM orders WHERE customer_id = $1",
                "SELECT count(*), sum(amount) FROM orders WHERE customer_id = $1",
                "SELECT placed, count(*) FROM orders WHERE customer_id = $1 GROUP BY placed HAVING count(*) > $2",
                "SELECT * FROM orders WHERE customer_id = $1 ORDER BY amount DESC LIMIT 3",
                "SELECT * FROM (SELECT o.*, row_number() OVER (PARTITION BY customer_id ORDER BY amount) AS n FROM orders o) t WHERE n <= 3 AND customer_id = $1",
                "SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id WHERE c.name = $1",
                "SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON o.customer_id = c.id WHERE o.id = $1",
                "SELECT o.id FROM orders o WHERE o.customer_id IN (SELECT id FROM customers WHERE name = $1)",
                "SELECT o.id FROM orders o WHERE o.id = $1 AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)",
                "SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id AND c.name = upper($1::text))",
                "SELECT * FROM (SELECT customer_id, sum(amount) AS total FROM orders GROUP BY customer_id) t WHERE customer_id = $1",
                "SELECT DISTINCT amount FROM orders WHERE customer_id = $1",
                "SELECT id FROM orders WHERE id = $1 UNION SELECT id FROM customers WHERE id = $2",
                "SELECT id FROM orders WHERE customer_id = $1::numeric",
                "SELECT id FROM customers WHERE code = $1",
                "SELECT amount / id FROM orders WHERE customer_id = $1",
                "SELECT id, (SELECT o.amount / o.id FROM orders o WHERE o.customer_id = c.id) FROM customers c WHERE c.name = $1"
            })
    void query_runs_in_one_circuit_for_all_values(String sql) {
        assertInstanceOf(BoundPlan.Shared.class, bound(sql));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    no condition is an equality of a column with a parameter      | SELECT id FROM orders WHERE amount > $1
                    no condition is an equality of a column with a parameter      | SELECT id FROM orders WHERE id IN ($1, $2)
                    a parameter is read where no condition has bound it           | SELECT $1::int4 FROM orders
                    a part of a union does not depend on the parameters           | SELECT id FROM orders WHERE id = $1 UNION ALL SELECT id FROM customers
                    of the left join only the right side depends on a parameter   | SELECT c.id, o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.id = $1
                    of the anti join only the right side depends on a parameter   | SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.id = $1)
                    """)
    void query_that_runs_apart_for_each_value_says_why(String reason, String sql) {
        assertEquals(reason, assertInstanceOf(BoundPlan.Apart.class, bound(sql)).reason());
    }

    @Test
    void queries_that_differ_in_inlined_values_have_one_template() {
        Template first = inlined("SELECT * FROM orders WHERE customer_id = 17 AND amount > 5");
        Template second = inlined("select * from orders o where 18 = o.customer_id and o.amount > 5");
        assertEquals(first.plan(), second.plan());
        assertEquals(Row.of(17), first.values(Row.EMPTY));
        assertEquals(Row.of(18), second.values(Row.EMPTY));
        assertEquals(
                compile("SELECT * FROM orders WHERE customer_id = 17 AND amount > 5")
                        .plan(),
                first.alone(Row.of(17)));
        assertEquals(
                first.plan(),
                template("SELECT * FROM orders WHERE customer_id = $1 AND amount > 5")
                        .plan());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "SELECT * FROM orders WHERE amount > 5",
                "SELECT * FROM customers WHERE flag",
                "SELECT * FROM customers WHERE flag = true",
                "SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) = 5",
                "SELECT * FROM orders WHERE id + 1 = 5"
            })
    void other_constants_stay_part_of_the_query(String sql) {
        assertEquals(Optional.empty(), InlinedValues.of(compile(sql).plan()));
    }

    @Test
    void computation_of_parameters_alone_is_done_once_of_the_arguments() {
        Template template = template("SELECT id FROM orders WHERE amount = $1::numeric / $2 AND id = 1");
        assertEquals(List.of(DataType.NUMERIC), template.types());
        CompiledQuery query = compile("SELECT id FROM orders WHERE amount = $1::numeric / $2 AND id = 1");
        Row arguments = Arguments.of(query.parameters(), List.of(6, 4));
        assertEquals(
                "1.5000000000000000", String.valueOf(template.values(arguments).get(0)));
        Row zero = Arguments.of(query.parameters(), List.of(6, 0));
        assertEquals(
                ErrorCode.DATA_ERROR,
                assertThrows(MillraceException.class, () -> template.values(zero))
                        .code());
    }

    @Test
    void arguments_are_values_of_their_parameters_types() {
        List<ColumnType> types = Stream.of(
                        DataType.INT2,
                        DataType.INT8,
                        DataType.NUMERIC,
                        DataType.TEXT,
                        DataType.CHAR,
                        DataType.DATE,
                        DataType.TIMESTAMP)
                .map(ColumnType::of)
                .toList();
        Row row = Arguments.of(
                types,
                List.of(
                        7L,
                        (byte) 8,
                        new BigDecimal("1.50"),
                        "a ",
                        "a ",
                        LocalDate.EPOCH.plusDays(2),
                        "1970-01-01 00:00:01"));
        assertEquals(Row.of((short) 7, 8L, Decimal.of(new BigDecimal("1.50")), "a ", "a", 2, 1_000_000L), row);
        assertEquals(
                Row.of(1L),
                Arguments.of(
                        List.of(ColumnType.of(DataType.TIMESTAMPTZ)),
                        List.of(LocalDateTime.of(1970, 1, 1, 0, 0)
                                .plusNanos(1_000)
                                .toInstant(java.time.ZoneOffset.UTC))));
        assertEquals(
                Row.nulls(1), Arguments.of(List.of(ColumnType.of(DataType.INT4)), Arrays.asList(new Object[] {null})));
    }

    @Test
    void arguments_of_another_number_or_type_are_refused() {
        assertEquals(
                "the query has 1 parameter, and there are values for 0",
                refused(DataType.INT4).detail());
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused(DataType.INT4, 1, 2).code());
        assertEquals(
                "the value of $1 should be of type text, not a java.lang.Integer",
                refused(DataType.TEXT, 1).detail());
        assertEquals(
                "the value of $1 is out of range for int2: 40000",
                refused(DataType.INT2, 40_000).detail());
        assertEquals(
                "the value of $1 is out of range for int4: 1.5",
                refused(DataType.INT4, new BigDecimal("1.5")).detail());
        assertEquals(ErrorCode.DATA_ERROR, refused(DataType.INT4, "one").code());
    }

    private static MillraceException refused(DataType type, Object... arguments) {
        return assertThrows(
                MillraceException.class, () -> Arguments.of(List.of(ColumnType.of(type)), List.of(arguments)));
    }

    private static BoundPlan bound(String sql) {
        Template template = template(sql);
        return PlanBinder.bind(template.plan(), template.types(), "bindings");
    }

    private static Template template(String sql) {
        return Template.of(compile(sql).plan());
    }

    private static Template inlined(String sql) {
        return InlinedValues.of(compile(sql).plan()).orElseThrow();
    }

    private static CompiledQuery compile(String sql) {
        return SqlCompiler.compile(sql, Shop.CATALOG);
    }
}
