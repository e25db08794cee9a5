package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.millrace.dataflow.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal queries give equal plans, which is how they come to share operators; and the keys that compiling finds. */
class CanonicalPlanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT id FROM orders WHERE amount > 1    | select  o.ID\tfrom ORDERS as o where O.amount>1
                    SELECT id FROM orders WHERE amount > 1    | SELECT id AS other FROM public.orders WHERE amount > 1
                    SELECT id FROM orders WHERE amount > 1    | SELECT t.id FROM (SELECT * FROM orders) t WHERE t.amount > 1
                    SELECT id FROM orders WHERE amount > 1    | WITH t AS (SELECT id, amount FROM orders) SELECT id FROM t WHERE amount > 1
                    SELECT id FROM orders                     | SELECT id FROM orders ORDER BY id DESC
                    SELECT customer_id, count(*) FROM orders GROUP BY customer_id | SELECT customer_id AS k, count(*) AS n FROM orders GROUP BY k
                    SELECT c.name FROM orders o JOIN customers c ON o.customer_id = c.id | SELECT b.name FROM orders a, customers b WHERE a.customer_id = b.id
                    """)
    void same_query_in_other_words_has_an_equal_plan(String first, String second) {
        assertEquals(plan(first), plan(second));
        assertEquals(plan(first).hashCode(), plan(second).hashCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    SELECT id FROM orders WHERE amount > 1    | SELECT id FROM orders WHERE amount > 2
                    SELECT id FROM orders WHERE amount > 1    | SELECT id FROM orders WHERE amount >= 1
                    SELECT 1.0 AS x                           | SELECT 1.00 AS x
                    SELECT id FROM orders LIMIT 1             | SELECT id FROM orders LIMIT 2
                    SELECT id, amount FROM orders             | SELECT amount, id FROM orders
                    SELECT id FROM customers WHERE name = 'a' | SELECT id FROM customers WHERE name = 'A'
                    """)
    void another_query_has_another_plan(String first, String second) {
        assertNotEquals(plan(first), plan(second));
    }

    @Test
    void compiling_twice_gives_equal_queries() {
        String sql =
                "SELECT c.name, sum(o.amount) FROM orders o JOIN customers c ON o.customer_id = c.id GROUP BY c.name ORDER BY 2";
        assertEquals(SqlCompiler.compile(sql, Shop.CATALOG), SqlCompiler.compile(sql, Shop.CATALOG));
    }

    @Test
    void primary_key_survives_what_keeps_its_columns() {
        assertEquals(Optional.of(List.of(0)), key("SELECT * FROM orders"));
        assertEquals(
                Optional.of(List.of(1)), key("SELECT amount, id FROM orders WHERE amount > 1 ORDER BY amount LIMIT 3"));
        assertEquals(Optional.empty(), key("SELECT amount FROM orders"));
    }

    @Test
    void join_to_a_key_keeps_the_other_sides_key() {
        assertEquals(
                Optional.of(List.of(0)),
                key("SELECT o.id, c.name FROM orders o LEFT JOIN customers c ON o.customer_id = c.id"));
        assertEquals(Optional.of(List.of(0, 1)), key("SELECT o.id, c.id FROM orders o CROSS JOIN customers c"));
    }

    @Test
    void groups_and_distinct_rows_are_their_own_keys() {
        assertEquals(Optional.of(List.of(0)), key("SELECT customer_id, count(*) FROM orders GROUP BY customer_id"));
        assertEquals(Optional.of(List.of(0, 1)), key("SELECT DISTINCT customer_id, amount FROM orders"));
        assertEquals(Optional.of(List.of()), key("SELECT count(*) FROM orders"));
        assertEquals(Optional.of(List.of(0)), key("SELECT id FROM orders UNION SELECT id FROM customers"));
        assertEquals(Optional.empty(), key("SELECT id FROM orders UNION ALL SELECT id FROM customers"));
    }

    private static Plan plan(String sql) {
        return SqlCompiler.compile(sql, Shop.CATALOG).plan();
    }

    private static Optional<List<Integer>> key(String sql) {
        return SqlCompiler.compile(sql, Shop.CATALOG).key();
    }
}
