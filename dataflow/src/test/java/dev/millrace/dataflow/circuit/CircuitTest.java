package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final Plan T = new Plan.Table("t", TYPES);
    private static final Plan U = new Plan.Table("u", TYPES);

    private final Circuit circuit = new Circuit();
    private final TableInput t = circuit.createTable("t", TYPES, List.of(0));
    private final TableInput u = circuit.createTable("u", TYPES, List.of());

    @Test
    void an_equal_plan_is_the_same_view() {
        View first = circuit.install(countByValue(T));
        View second = circuit.install(countByValue(T));
        assertSame(first, second);
        assertEquals(2, first.uses());
        circuit.release(first);
        assertEquals(1, circuit.nodeCount());
        circuit.release(second);
        assertEquals(0, circuit.nodeCount());
        assertThrows(IllegalStateException.class, () -> circuit.release(second));
    }

    @Test
    void equal_sub_plans_are_one_node() {
        circuit.install(countByValue(T));
        circuit.install(new Plan.Distinct(countByValue(T)));
        assertEquals(2, circuit.nodeCount());
    }

    @Test
    void a_global_aggregate_has_a_row_over_nothing() {
        View view = circuit.install(new Plan.Aggregate(T, List.of(), List.of(count(), sum())));
        assertEquals(List.of(Row.of(0L, null)), view.rows());
        t.insert(Row.of(1, 5));
        circuit.step();
        assertEquals(List.of(Row.of(1L, 5L)), view.rows());
        t.truncate();
        circuit.step();
        assertEquals(List.of(Row.of(0L, null)), view.rows());
    }

    @Test
    void rows_that_are_equal_in_sql_are_one_though_they_are_shown_differently() {
        List<DataType> types = List.of(DataType.FLOAT8);
        TableInput floats = circuit.createTable("floats", types, List.of());
        Plan table = new Plan.Table("floats", types);
        View distinct = circuit.install(new Plan.Distinct(table));
        View groups = circuit.install(new Plan.Aggregate(table, List.of(0), List.of(count())));
        floats.insert(Row.of(0.0));
        floats.insert(Row.of(-0.0));
        circuit.step();
        assertEquals(List.of(Row.of(-0.0)), distinct.rows());
        assertEquals(List.of(Row.of(-0.0, 2L)), groups.rows());
        floats.delete(Row.of(-0.0));
        circuit.step();
        assertEquals(List.of(Row.of(0.0)), distinct.rows());
        assertEquals(List.of(Row.of(0.0, 1L)), groups.rows());
    }

    @Test
    void nothing_is_installed_while_changes_are_staged() {
        t.insert(Row.of(1, 1));
        assertThrows(IllegalStateException.class, () -> circuit.install(T));
        circuit.step();
        assertEquals(1, circuit.install(T).size());
    }

    @Test
    void a_plan_over_an_unknown_or_different_table_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> circuit.install(new Plan.Table("x", TYPES)));
        Plan different = new Plan.Distinct(new Plan.Table("t", List.of(DataType.TEXT)));
        assertThrows(IllegalArgumentException.class, () -> circuit.install(different));
        assertEquals(0, circuit.nodeCount());
    }

    @Test
    void a_join_of_columns_that_cannot_be_compared_is_refused() {
        circuit.createTable("v", List.of(DataType.INT8), List.of());
        Plan v = new Plan.Table("v", List.of(DataType.INT8));
        Plan.Join join = new Plan.Join(T, v, JoinKind.INNER, List.of(new JoinKey(0, 0, false)), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> circuit.install(join));
        circuit.dropTable("v");
    }

    @Test
    void a_table_is_dropped_only_when_nobody_reads_it() {
        View view = circuit.install(countByValue(T));
        assertThrows(IllegalStateException.class, () -> circuit.dropTable("t"));
        circuit.release(view);
        circuit.dropTable("t");
        assertNull(circuit.table("t"));
        assertThrows(IllegalStateException.class, () -> t.insert(Row.of(1, 1)));
        assertNotNull(circuit.createTable("t", TYPES, List.of()));
        assertThrows(IllegalStateException.class, () -> circuit.createTable("t", TYPES, List.of()));
    }

    @Test
    void a_query_is_in_error_while_a_row_has_no_value_and_others_are_not() {
        Plan quotients = new Plan.Project(T, List.of(quotient()));
        View distinct = circuit.install(new Plan.Distinct(quotients));
        View plain = circuit.install(quotients);
        View healthy = circuit.install(countByValue(T));
        t.insert(Row.of(1, 0));
        t.insert(Row.of(8, 2));
        StepResult result = circuit.step();
        assertEquals(Set.of(distinct, plain), Set.copyOf(result.turned()));
        DataError error = new DataError("division by zero", "divide(1, 0)", "row (1, 0)", Row.of(1, 0));
        assertEquals(Optional.of(error), distinct.error());
        assertEquals(Optional.of(error), plain.error());
        assertEquals(List.of(Row.of(4)), plain.rows());
        assertEquals(Optional.empty(), healthy.error());
        View late = circuit.install(new Plan.UnionAll(List.of(quotients, quotients)));
        assertEquals(Optional.of(error), late.error());
        assertEquals(1, late.errorCount());
        t.insert(Row.of(0, 0));
        assertEquals(List.of(), circuit.step().turned());
        assertEquals(Optional.of("row (0, 0)"), plain.error().map(DataError::row));
        assertEquals(2, plain.errorCount());
        t.delete(Row.of(0));
        t.update(null, Row.of(1, 1));
        assertEquals(3, circuit.step().turned().size());
        assertEquals(Optional.empty(), plain.error());
        assertEquals(List.of("[1]", "[4]"), Rows.shown(plain.rows()));
        assertEquals(4, late.rows().size());
    }

    @Test
    void a_group_without_a_sum_is_an_error_until_it_has_one_again() {
        TableInput bigs = circuit.createTable("bigs", List.of(DataType.INT4, DataType.FLOAT8), List.of(0));
        Plan table = new Plan.Table("bigs", List.of(DataType.INT4, DataType.FLOAT8));
        AggregateCall sum =
                new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.FLOAT8);
        View view = circuit.install(new Plan.Aggregate(table, List.of(), List.of(sum)));
        bigs.insert(Row.of(1, Double.MAX_VALUE));
        bigs.insert(Row.of(2, Double.MAX_VALUE));
        circuit.step();
        DataError error = new DataError("value out of range: overflow", "sum(#1)", "all rows", Row.EMPTY);
        assertEquals(Optional.of(error), view.error());
        assertEquals(List.of(), view.rows());
        bigs.delete(Row.of(1));
        circuit.step();
        assertEquals(Optional.empty(), view.error());
        assertEquals(List.of(Row.of(Double.MAX_VALUE)), view.rows());
    }

    @Test
    void an_expression_is_not_evaluated_for_a_pair_that_never_was() {
        // Within the step, the new row of t stands beside the old row of u only if the join forms that pair.
        Expression difference = new Expression.Call(
                TestFunction.SUBTRACT,
                List.of(new Expression.Column(1, DataType.INT4), new Expression.Column(3, DataType.INT4)),
                DataType.INT4);
        Expression quotient = new Expression.Call(
                TestFunction.DIVIDE, List.of(new Expression.Literal(6, DataType.INT4), difference), DataType.INT4);
        Expression positive = new Expression.Call(
                TestFunction.LESS, List.of(new Expression.Literal(0, DataType.INT4), quotient), DataType.BOOL);
        t.insert(Row.of(1, 10));
        u.insert(Row.of(1, 7));
        circuit.step();
        Plan.Join join = new Plan.Join(T, U, JoinKind.FULL, List.of(new JoinKey(0, 0, false)), Optional.of(positive));
        View view = circuit.install(join);
        t.update(null, Row.of(1, 7));
        u.update(Row.of(1, 7), Row.of(1, 5));
        assertEquals(List.of(), circuit.step().failed());
        assertEquals(List.of(Row.of(1, 7, 1, 5)), view.rows());
    }

    @Test
    void changes_that_cancel_reach_nobody() {
        View view = circuit.install(countByValue(T));
        long before = circuit.rowsTouched();
        t.insert(Row.of(1, 1));
        t.delete(Row.of(1));
        assertEquals(StepResult.NOTHING, circuit.step());
        assertEquals(before, circuit.rowsTouched());
        assertEquals(0, view.size());
    }

    private static Plan countByValue(Plan input) {
        return new Plan.Aggregate(input, List.of(1), List.of(count()));
    }

    private static Expression quotient() {
        return new Expression.Call(
                TestFunction.DIVIDE,
                List.of(new Expression.Column(0, DataType.INT4), new Expression.Column(1, DataType.INT4)),
                DataType.INT4);
    }

    private static AggregateCall count() {
        return new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.empty(), DataType.INT8);
    }

    private static AggregateCall sum() {
        return new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.INT8);
    }
}
