package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plans that keep the cost of a change, and the width of the state, small. */
class PlanShapeTest {
    @Test
    void exists_without_a_residual_asks_for_the_different_keys() {
        assertPlan(
                """
                semi join on id = customer_id
                  project id
                    table shop:public.customers
                  distinct
                    project customer_id
                      filter amount > 1
                        table shop:public.orders""",
                "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > 1)");
    }

    @Test
    void keys_that_are_unique_are_different_as_they_are() {
        assertPlan("""
                semi join on customer_id = right.id
                  project id, customer_id
                    table shop:public.orders
                  project id
                    table shop:public.customers""", "SELECT id, customer_id FROM orders WHERE customer_id IN (SELECT id FROM customers)");
    }

    @Test
    void exists_with_a_residual_keeps_the_rows_it_compares() {
        assertPlan(
                """
                project id
                  anti join on id = customer_id where amount > to numeric(length(name))
                    project id, name
                      table shop:public.customers
                    project customer_id, amount
                      table shop:public.orders""",
                "SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > length(c.name))");
    }

    @Test
    void not_in_of_values_that_can_be_null_looks_keys_up_and_asks_once_for_nulls() {
        assertPlan("""
                anti join
                  anti join on id = customer_id
                    project id
                      table shop:public.customers
                    distinct
                      project customer_id
                        table shop:public.orders
                  distinct
                    project true
                      filter is_null(customer_id)
                        project is_null(customer_id)
                          table shop:public.orders""", "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)");
    }

    @Test
    void a_scalar_subquery_is_a_look_up_whose_value_is_computed_for_those_who_ask() {
        assertPlan("""
                project id, name
                  left join on customer_id is not distinct from right.id
                    project id, customer_id
                      table shop:public.orders
                    project name, id
                      table shop:public.customers""", "SELECT id, (SELECT name FROM customers c WHERE c.id = o.customer_id) FROM orders o");
        assertPlan("""
                project id, case when single(count(*)) then divide(single_value(amount), to numeric(single_value(id))) else null end
                  left join on id is not distinct from customer_id
                    project id
                      table shop:public.customers
                    project count(*), single_value(amount), single_value(id), customer_id
                      aggregate by customer_id: single_value(amount), single_value(id), count(*)
                        project customer_id, amount, id
                          filter is_not_null(customer_id)
                            table shop:public.orders""", "SELECT id, (SELECT amount / o.id FROM orders o WHERE o.customer_id = c.id) FROM customers c");
    }

    @Test
    void a_correlated_subquery_is_computed_by_the_column_that_is_equal_to_the_outer_one() {
        assertPlan("""
                project id, case when is_not_null(true) then count(*) else 0 end
                  left join on id is not distinct from customer_id
                    project id
                      table shop:public.customers
                    project count(*), true, customer_id
                      aggregate by customer_id: count(*)
                        project customer_id
                          filter is_not_null(customer_id)
                            table shop:public.orders""", "SELECT id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c");
        assertPlan("""
                project id, is_not_null(true) or (is_not_null(true) and null)
                  left join on id is not distinct from customer_id
                    left join
                      project id
                        table shop:public.customers
                      distinct
                        project true
                          filter is_null(customer_id)
                            table shop:public.orders
                    distinct
                      project true, customer_id
                        filter is_not_null(customer_id)
                          table shop:public.orders""", "SELECT id, id IN (SELECT customer_id FROM orders) FROM customers");
    }

    @Test
    void a_correlated_subquery_without_an_equality_is_joined_with_the_different_outer_values() {
        assertPlan(
                """
                project id, max(amount)
                  left join on left.name is not distinct from right.name
                    project id, name
                      table shop:public.customers
                    project max(amount), name
                      aggregate by name: max(amount)
                        inner join where amount < to numeric(length(name))
                          project amount
                            table shop:public.orders
                          distinct
                            project name
                              table shop:public.customers""", "SELECT id, (SELECT max(amount) FROM orders o WHERE o.amount < length(c.name)) FROM customers c");
    }

    @Test
    void bounded_row_number_is_a_top_k_by_groups() {
        assertPlan(
                """
                project id
                  top-k by customer_id order by amount desc, id limit 2
                    project id, customer_id, amount
                      table shop:public.orders""",
                "SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY amount DESC, id) AS n FROM orders) t WHERE n <= 2");
        assertPlan(
                """
                project id, row_number
                  top-k by customer_id order by id limit 3 offset 1, numbered
                    project id, customer_id
                      table shop:public.orders""",
                "SELECT id, n FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id) AS n FROM orders) t WHERE n BETWEEN 2 AND 4");
    }

    /** The other dialects' short form; Postgres does not have it. */
    @Test
    void qualify_is_a_filter_of_row_numbers() {
        assertEquals(
                SqlCompiler.compile(
                                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id) AS n FROM orders) t WHERE n = 1",
                                Shop.CATALOG)
                        .plan(),
                SqlCompiler.compile(
                                "SELECT id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY id) = 1",
                                Shop.CATALOG)
                        .plan());
    }

    @Test
    void columns_that_only_a_filter_reads_are_not_joined() {
        assertPlan(
                """
                aggregate by name: sum(amount)
                  project name, amount
                    inner join on id = customer_id
                      project id, name
                        filter flag
                          table shop:public.customers
                      project customer_id, amount
                        filter placed > '2024-01-01T00:00'
                          table shop:public.orders""",
                "SELECT name, sum(amount) FROM customers c JOIN orders o ON o.customer_id = c.id WHERE flag AND placed > '2024-01-01' GROUP BY name");
    }

    @Test
    void array_is_unnested_over_the_rows_that_it_is_made_of() {
        assertPlan("""
                project id, unnest
                  flat-map unnest(array(id, customer_id))
                    table shop:public.orders""", "SELECT o.id, v FROM orders o, UNNEST(ARRAY[o.id, o.customer_id]) AS u(v)");
    }

    @Test
    void first_row_of_each_group_is_identified_by_the_group() {
        assertEquals(
                Optional.of(List.of(0)),
                key(
                        "SELECT customer_id, amount FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY amount) AS n FROM orders) t WHERE n = 1"));
        assertEquals(
                Optional.of(List.of(1, 2)),
                key(
                        "SELECT amount, customer_id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY amount) AS n FROM orders) t WHERE n <= 3"));
        assertEquals(
                Optional.of(List.of(0)),
                key("SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)"));
    }

    @Test
    void tables_are_joined_in_an_order_in_which_equalities_tie_them() {
        assertPlan(
                """
                project id, id
                  inner join on customer_id = right.id
                    project id, customer_id
                      inner join on left.id = right.id
                        project id
                          table shop:public.customers
                        project id, customer_id
                          table shop:public.orders
                    project id
                      table shop:public.customers""",
                "SELECT a.id, b.id FROM customers a, customers b, orders o WHERE o.customer_id = b.id AND o.id = a.id");
    }

    @Test
    void what_no_equality_ties_is_joined_last() {
        assertPlan(
                """
                project id, name, amount
                  inner join
                    project id, amount
                      inner join on id = customer_id
                        project id
                          table shop:public.customers
                        project customer_id, amount
                          table shop:public.orders
                    project name
                      table shop:public.customers""",
                "SELECT a.id, b.name, o.amount FROM customers a, customers b, orders o WHERE o.customer_id = a.id");
    }

    @Test
    void joins_that_have_an_equality_each_stay_in_their_order() {
        assertPlan(
                """
                project id, amount, id
                  inner join on left.id = right.id
                    project id, id, amount
                      inner join on left.id = customer_id
                        project id
                          table shop:public.customers
                        project id, customer_id, amount
                          table shop:public.orders
                    project id
                      table shop:public.customers""",
                "SELECT a.id, o.amount, b.id FROM customers a JOIN orders o ON o.customer_id = a.id JOIN customers b ON b.id = o.id");
    }

    @Test
    void what_all_alternatives_say_is_joined_by_and_what_they_say_of_one_table_filters_it() {
        assertPlan("""
                project amount
                  inner join on id = customer_id where ((name = 'a') and (amount < 1)) or ((name = 'b') and (amount > 5))
                    project id, name
                      filter (name = 'a') or (name = 'b')
                        table shop:public.customers
                    project customer_id, amount
                      filter (amount < 1) or (amount > 5)
                        table shop:public.orders""", """
                SELECT o.amount FROM customers c, orders o
                WHERE (c.id = o.customer_id AND c.name = 'a' AND o.amount < 1) OR (c.id = o.customer_id AND c.name = 'b' AND o.amount > 5)""");
    }

    private static void assertPlan(String expected, String sql) {
        assertEquals(expected, String.join("\n", SqlCompiler.explain(sql, Shop.CATALOG)));
    }

    private static Optional<List<Integer>> key(String sql) {
        return SqlCompiler.compile(sql, Shop.CATALOG).key();
    }
}
