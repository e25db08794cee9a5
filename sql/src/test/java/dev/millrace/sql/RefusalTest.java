package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong, where, and what would be right: the code, the words, the place with its caret. */
class RefusalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    MR-1002 | 15 | there is no table 'ordrs'; did you mean 'orders'?            | SELECT * FROM ordrs
                    MR-1002 | 15 | there is no table 'Orders'; did you mean 'orders'?           | SELECT * FROM "Orders"
                    MR-1002 | 15 | there is no table 'nothing'                                  | SELECT * FROM nothing
                    MR-1002 | 8  | there is no table 'z'                                        | SELECT z.id FROM customers c
                    MR-1003 | 8  | there is no column 'amout'; did you mean 'amount'?           | SELECT amout FROM orders
                    MR-1003 | 10 | there is no column 'nam' in table 'c'; did you mean 'name'?  | SELECT c.nam FROM customers c
                    MR-1004 | 8  | there is no function uper(character); did you mean 'upper'?  | SELECT uper(name) FROM customers
                    MR-1004 | 8  | there is no function upper(int4); there is upper(text)       | SELECT upper(id) FROM customers
                    MR-1005 | 8  | Column 'id' is ambiguous                                     | SELECT id FROM orders, customers
                    MR-1005 | 8  | Column 'a' is ambiguous                                      | SELECT a FROM (SELECT id AS a, name AS a FROM customers) t
                    MR-1004 | 32 | operator does not exist: text @> int4                        | SELECT id FROM customers WHERE name @> 1
                    MR-1005 | 32 | operator does not exist: text = integer                      | SELECT id FROM customers WHERE name = 1
                    MR-1005 | 32 | operator does not exist: boolean = integer                   | SELECT id FROM customers WHERE flag = 1
                    MR-1005 | 32 | WHERE clause must be a condition                             | SELECT id FROM customers WHERE id
                    MR-1005 | 32 | Aggregate expression is illegal in WHERE clause              | SELECT id FROM customers WHERE count(*) > 1
                    MR-1006 | 8  | the whole row 'o' can be given to count, row_to_json         | SELECT o FROM orders o
                    MR-1006 | 40 | the whole row 'o' can be given to count, row_to_json         | SELECT json_agg(o) FROM orders o WHERE o IS NULL
                    MR-1006 | 27 | FOR UPDATE and FOR SHARE lock rows                           | SELECT id FROM orders FOR UPDATE
                    MR-1001 | 24 | syntax error at or near 'date'                               | SELECT 1 FROM orders d date
                    MR-1005 | 8  | Expression 'name' is not being grouped                       | SELECT name FROM customers GROUP BY id + 0
                    MR-1005 | 8  | Type mismatch in column 1 of UNION                           | SELECT id FROM customers UNION SELECT name FROM customers
                    MR-1005 | 8  | Illegal mixing of types                                      | SELECT coalesce(id, name) FROM customers
                    MR-1005 | 8  | Illegal mixing of types                                      | SELECT CASE WHEN flag THEN id ELSE name END FROM customers
                    MR-1005 | 21 | Argument to GROUPING operator must be a grouped expression   | SELECT id, grouping(name) FROM customers GROUP BY ROLLUP (id)
                    MR-1005 | 21 | SELECT DISTINCT ON expressions must match initial ORDER BY expressions | SELECT DISTINCT ON (id) id FROM customers ORDER BY name, id
                    MR-1005 | 27 | SELECT DISTINCT ON expressions must match initial ORDER BY expressions | SELECT DISTINCT ON (name, id) name FROM customers ORDER BY name, code, id
                    MR-1005 | 21 | position 2 is not in select list                             | SELECT DISTINCT ON (2) id FROM customers
                    MR-1003 | 21 | there is no column 'nope'                                    | SELECT DISTINCT ON (nope) id FROM customers
                    MR-1001 | 8  | syntax error: DISTINCT ON of nothing                         | SELECT DISTINCT ON () id FROM customers
                    MR-1005 | 32 | unequal number of entries in row expressions                 | SELECT id FROM customers WHERE (id, name) = (1, 'a', 2)
                    MR-1001 | 24 | syntax error: the query ends too early                       | SELECT id FROM orders a,
                    MR-1001 | 32 | syntax error: the query ends too early                       | SELECT id FROM orders WHERE id =
                    MR-1001 | 10 | syntax error at or near ', FROM'                             | SELECT id, FROM orders
                    MR-1001 | 1  | syntax error: expected a query, such as SELECT … FROM …      | SELEKT id FROM orders
                    MR-1001 | 16 | syntax error at or near 'orders'                             | SELECT id FORM orders
                    MR-1001 | 23 | syntax error at or near ')'                                  | SELECT id FROM orders ) x
                    MR-1001 | 8  | syntax error: a quotation that does not end                  | SELECT 'open
                    MR-1001 | 22 | syntax error at or near ';'                                  | SELECT id FROM orders; SELECT id FROM customers
                    MR-1006 | 1  | insert is not a query                                        | INSERT INTO orders VALUES (1)
                    MR-1006 | 1  | delete is not a query                                        | DELETE FROM orders
                    MR-1006 | 8  | the function pg_sleep                                        | SELECT pg_sleep(1) FROM orders
                    MR-1006 | 8  | the function @? cannot be kept live: it takes a jsonpath      | SELECT jsonb '{}' @? '$.a'
                    MR-1006 | 8  | the function jsonb_path_query cannot be kept live: it takes a jsonpath; write | SELECT jsonb_path_query('{}', '$.a')
                    MR-1006 | 8  | the standard's json_object cannot be kept live yet; write json_build_object | SELECT json_object('a' VALUE id) FROM customers
                    MR-1006 | 8  | the standard's json_value cannot be kept live yet; write      | SELECT json_value('{}', '$.a')
                    MR-1004 | 15 | there is no function unnest(int4), or not in this place       | SELECT * FROM unnest(1)
                    MR-1006 | 14 | a cast to bpchar                                             | SELECT name::char(3) FROM customers
                    MR-1006 | 21 | a cast to bpchar                                             | SELECT CAST(name AS char(3)) FROM customers
                    MR-1006 | 1  | a query without columns cannot be kept live but in EXISTS; write SELECT 1 | SELECT FROM orders
                    MR-1006 | 32 | a pattern of ANY or ALL rows of a query cannot be kept live yet; write EXISTS | SELECT id FROM customers WHERE name LIKE ANY (SELECT name FROM customers)
                    MR-1006 | 8  | the function [:][:] cannot be kept live: it is of an array of several dimensions | SELECT (ARRAY[1])[1:2][1]
                    MR-1005 | 55 | window "w" is already defined | SELECT id FROM orders WINDOW w AS (ORDER BY id), w AS ()
                    MR-1006 | 16 | a cast to timestamp                                          | SELECT placed::timestamp(3) FROM orders
                    """)
    void error_points_at_its_place(String code, int column, String words, String sql) {
        MillraceException error = refused(sql);
        assertEquals(code, error.code().code(), error.getMessage());
        assertTrue(error.detail().startsWith(words), error.getMessage());
        assertTrue(
                error.detail()
                        .endsWith(" (line 1, column " + column + ")\n  " + sql + "\n  " + " ".repeat(column - 1) + "^"),
                error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    the function random            | SELECT random()
                    a window function or DISTINCT ON in HAVING, also within a subquery, | SELECT customer_id FROM orders GROUP BY customer_id HAVING rank() OVER (ORDER BY customer_id) = 1
                    the aggregate array_agg over a window | SELECT json_agg(id) OVER () FROM orders
                    the function json_object_agg    | SELECT json_object_agg(DISTINCT id, 1) FROM orders
                    a subquery in the condition of a FULL JOIN | SELECT o.id FROM orders o FULL JOIN customers c ON o.customer_id = c.id AND EXISTS (SELECT 1 FROM orders)
                    array_agg of a char(n) column   | SELECT array_agg(code) FROM customers
                    array_agg of arrays             | SELECT array_agg(a) FROM (SELECT array_agg(id) AS a FROM orders GROUP BY customer_id) t
                    the hypothetical-set aggregate rank(…) WITHIN GROUP | SELECT rank(3) WITHIN GROUP (ORDER BY id) FROM orders
                    a percentile of a fraction that is not a constant | SELECT percentile_disc(customer_id) WITHIN GROUP (ORDER BY id) FROM orders GROUP BY customer_id
                    the aggregate bit_or over a window | SELECT bit_or(id) OVER (ORDER BY id) FROM orders
                    the aggregate corr over a window | SELECT corr(id, id) OVER (ORDER BY id) FROM orders
                    IGNORE NULLS in the aggregate   | SELECT array_agg(id) IGNORE NULLS FROM orders
                    string_agg of a char(n) column  | SELECT string_agg(code, ',') FROM customers
                    TABLESAMPLE                     | SELECT id FROM orders TABLESAMPLE BERNOULLI (10)
                    an argument of type char(n)     | SELECT to_json(code) FROM customers
                    an argument of type char(n)     | SELECT concat(code, 'x') FROM customers
                    an array of char(n)             | SELECT v FROM customers, unnest(ARRAY[code]) AS u(v)
                    the function unnest in a select list beside an aggregate | SELECT unnest(ARRAY[id]), count(*) FROM orders GROUP BY id
                    the function unnest in a select list beside an aggregate | SELECT sum(unnest(ARRAY[id])) FROM orders
                    the function unnest in a select list beside an aggregate | SELECT unnest(ARRAY[id]), unnest(ARRAY[id]) FROM orders
                    the function jsonb_each in a select list that gives several columns | SELECT jsonb_each('{}') FROM orders
                    unnest of several arrays without names for its columns | SELECT * FROM unnest(ARRAY[1], ARRAY[2])
                    RANGE with an offset over a column of type interval | SELECT count(*) OVER (ORDER BY placed - placed RANGE interval '1 day' PRECEDING) FROM orders
                    CASE or COALESCE over a char(n) | SELECT code FROM customers a FULL JOIN customers b USING (code)
                    VALUES of a quoted literal beside values of other types | SELECT v FROM (VALUES (1), ('2')) t(v)
                    a set operation of constants alone | SELECT 1 UNION SELECT '2'
                    FETCH FIRST … WITH TIES | SELECT id FROM customers ORDER BY id FETCH FIRST 2 ROWS WITH TIES
                    LIMIT or OFFSET of anything but a number | SELECT id FROM customers ORDER BY id LIMIT (SELECT 1)
                    LIMIT or OFFSET of anything but a number | SELECT id FROM customers ORDER BY id LIMIT 2147483647 + 1
                    LIMIT or OFFSET of anything but a number | SELECT id FROM customers ORDER BY id OFFSET 1 - 2
                    CASE or COALESCE over a char(n) | SELECT code FROM customers a NATURAL JOIN customers b
                    """)
    void unsupported_construct_is_refused_by_its_name(String name, String sql) {
        MillraceException error = refused(sql);
        assertEquals(ErrorCode.UNSUPPORTED_SQL, error.code(), error.getMessage());
        assertTrue(error.detail().startsWith(name), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    MR-1005 | recursive query 'r' does not have the form non-recursive-term UNION [ALL] recursive-term | WITH RECURSIVE r AS (SELECT id FROM r) SELECT id FROM r
                    MR-1005 | recursive query 'r' does not have the form non-recursive-term UNION [ALL] recursive-term | WITH RECURSIVE r AS (SELECT id FROM orders EXCEPT SELECT id FROM r) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within its non-recursive term | WITH RECURSIVE r AS (SELECT id FROM r UNION SELECT id FROM orders) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear more than once | WITH RECURSIVE r AS (SELECT id FROM orders UNION SELECT a.id FROM r a, r b) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within a subquery | WITH RECURSIVE r AS (SELECT id FROM orders UNION SELECT id FROM customers WHERE id IN (SELECT id FROM r)) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within an outer join | WITH RECURSIVE r AS (SELECT id FROM orders UNION SELECT o.id FROM orders o LEFT JOIN r ON r.id = o.id) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within an outer join | WITH RECURSIVE r AS (SELECT id FROM orders UNION SELECT o.id FROM r RIGHT JOIN orders o ON r.id = o.id) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within EXCEPT | WITH RECURSIVE r AS (SELECT id FROM orders UNION (SELECT id FROM customers EXCEPT SELECT id FROM r)) SELECT id FROM r
                    MR-1005 | recursive reference to query 'r' must not appear within INTERSECT | WITH RECURSIVE r AS (SELECT id FROM orders UNION ALL (SELECT id FROM customers INTERSECT ALL SELECT id FROM r)) SELECT id FROM r
                    MR-1005 | aggregate functions are not allowed in a recursive query's recursive term | WITH RECURSIVE r(n) AS (SELECT 1::int8 UNION SELECT count(*) FROM r) SELECT n FROM r
                    MR-1005 | recursive query 'r' column 1 has type int4 in non-recursive term but type int8 overall | WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1::int8 FROM r WHERE n < 3) SELECT n FROM r
                    MR-1005 | recursive query 'r' column 1 has type numeric(8,2) in non-recursive term but type numeric overall | WITH RECURSIVE r(n) AS (SELECT amount FROM orders UNION SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r
                    MR-1005 | each UNION query must have the same number of columns | WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n, n FROM r WHERE n < 3) SELECT n FROM r
                    MR-1006 | mutual recursion between WITH items is not implemented | WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM q), q AS (SELECT n FROM r) SELECT n FROM q
                    MR-1006 | ORDER BY in a recursive query is not implemented | WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM r ORDER BY n) SELECT n FROM r
                    MR-1006 | LIMIT or OFFSET in a recursive query is not implemented | WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r LIMIT 10) SELECT n FROM r
                    MR-1006 | LIMIT, OFFSET or a row number over the recursive reference to query 'r' | WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM (SELECT n + 1 AS n FROM r LIMIT 1) x) SELECT n FROM r
                    MR-1006 | DISTINCT or GROUP BY over the recursive reference to query 'r' with UNION ALL | WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT DISTINCT n + 1 FROM r WHERE n < 3) SELECT n FROM r
                    MR-1006 | UNION within the recursive term of query 'r'; write one recursive term, | WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL (SELECT n + 1 FROM r WHERE n < 3 UNION ALL SELECT id FROM orders)) SELECT n FROM r
                    MR-1006 | a recursive query that refers to 'r', another one around it, | WITH RECURSIVE r AS (SELECT 1 AS n UNION (WITH RECURSIVE q AS (SELECT n FROM r UNION SELECT n + 1 FROM q WHERE n < 3) SELECT n FROM q)) SELECT n FROM r
                    MR-1001 | syntax error | WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM r) SEARCH DEPTH FIRST BY n SET o SELECT n FROM r
                    MR-1001 | syntax error | WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM r) CYCLE n SET c USING p SELECT n FROM r
                    """)
    void recursion_that_postgres_refuses_or_that_is_not_linear_is_refused(String code, String words, String sql) {
        MillraceException error = refused(sql);
        assertEquals(code, error.code().code(), error.getMessage());
        assertTrue(error.detail().startsWith(words), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT body FROM documents",
                "SELECT * FROM documents",
                "SELECT count(body) FROM documents",
                "SELECT id FROM documents WHERE body IS NULL",
                "SELECT id FROM documents ORDER BY body",
                "SELECT DISTINCT body FROM documents"
            })
    void column_of_a_type_that_cannot_be_read_is_refused_by_its_name(String sql) {
        MillraceException error = refused(sql);
        assertEquals(ErrorCode.UNSUPPORTED_TYPE, error.code());
        assertTrue(error.detail().startsWith("column 'body' has type jsonb"), error.getMessage());
    }

    @Test
    void table_with_such_a_column_can_be_read_without_it() {
        assertDoesNotThrow(() -> SqlCompiler.compile("SELECT id FROM documents", Shop.CATALOG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", ";", "-- nothing", "/* nothing */"})
    void text_without_a_query_ends_too_early(String sql) {
        MillraceException error = refused(sql);
        assertEquals(ErrorCode.SYNTAX_ERROR, error.code());
        assertTrue(error.detail().startsWith("syntax error: the query ends too early"), error.getMessage());
    }

    @Test
    void error_points_into_its_line() {
        String detail = refused("SELECT id\nFROM orders\n  WHERE amuont > 1").detail();
        assertEquals(
                "there is no column 'amuont'; did you mean 'amount'? (line 3, column 9)\n    WHERE amuont > 1\n          ^",
                detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM orders;",
                "SELECT id FROM orders ; ;\n",
                "SELECT id FROM orders; -- that is all",
                "-- the ids\nSELECT id /* all\nof them */ FROM orders"
            })
    void comments_and_a_semicolon_at_the_end_are_allowed(String sql) {
        assertEquals(
                SqlCompiler.compile("SELECT id FROM orders", Shop.CATALOG).plan(),
                SqlCompiler.compile(sql, Shop.CATALOG).plan());
    }

    @Test
    void function_that_gives_rows_is_refused_as_a_value() {
        MillraceException error = refused("SELECT id FROM orders WHERE generate_series(1, 2) = 1");
        assertEquals(ErrorCode.INVALID_QUERY, error.code());
        assertEquals("a function that gives rows stands in FROM or in a select list", error.detail());
    }

    @Test
    void distinct_values_are_ordered_by_themselves() {
        MillraceException error = refused("SELECT string_agg(DISTINCT name, ',' ORDER BY id) FROM customers");
        assertEquals(ErrorCode.INVALID_QUERY, error.code());
        assertEquals(
                "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list", error.detail());
    }

    @Test
    void error_of_a_constant_fails_the_query() {
        assertEquals(ErrorCode.DATA_ERROR, refused("SELECT 1 / 0").code());
        assertEquals(ErrorCode.DATA_ERROR, refused("SELECT '2024-02-30'::date").code());
        assertEquals(
                ErrorCode.DATA_ERROR,
                refused("SELECT id FROM orders WHERE placed > 'soon'").code());
    }

    @Test
    void text_that_is_nested_too_deeply_is_refused() {
        int depth = 20_000;
        assertEquals(
                ErrorCode.NESTED_TOO_DEEPLY,
                refused("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth)).code());
        assertEquals(
                ErrorCode.NESTED_TOO_DEEPLY,
                refused("SELECT 1" + "+1".repeat(depth)).code());
    }

    private static MillraceException refused(String sql) {
        return assertThrows(MillraceException.class, () -> SqlCompiler.compile(sql, Shop.CATALOG));
    }
}
