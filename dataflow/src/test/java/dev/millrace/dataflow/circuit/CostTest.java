package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.plan.WindowCall.FrameAggregate;
import dev.millrace.dataflow.plan.WindowCall.FrameValue;
import dev.millrace.dataflow.plan.WindowCall.Ranking;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Unit;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step costs what the change reaches, not what there is. */
class CostTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final Plan T = new Plan.Table("t", TYPES);
    private static final Plan U = new Plan.Table("u", TYPES);
    private static final int SMALL = 100;
    private static final int LARGE = 100_000;

    @Test
    void one_row_into_an_aggregate_costs_the_same_whatever_its_size() {
        AggregateCall sum =
                new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.INT8);
        AggregateCall max =
                new AggregateCall(AggregateKind.MAX, Optional.of(1), false, Optional.empty(), DataType.INT4);
        assertCostIsBounded(new Plan.Aggregate(T, List.of(0), List.of(sum, max)));
        assertCostIsBounded(new Plan.Aggregate(T, List.of(), List.of(sum, max)));
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void one_row_into_a_join_costs_its_partners(JoinKind kind) {
        assertCostIsBounded(new Plan.Join(T, U, kind, List.of(new JoinKey(0, 0, false)), Optional.empty()));
    }

    @Test
    void one_row_into_distinct_and_behind_a_top_k_costs_the_same_whatever_its_size() {
        assertCostIsBounded(new Plan.Distinct(T));
        assertCostIsBounded(new Plan.TopK(T, List.of(), List.of(new SortKey(0, false, false)), 2, 3, false));
    }

    @Test
    void one_row_into_a_set_operation_costs_the_same_whatever_its_size() {
        for (Plan.SetKind kind : Plan.SetKind.values()) {
            assertCostIsBounded(new Plan.SetOperation(T, U, kind, true));
            assertCostIsBounded(new Plan.SetOperation(U, T, kind, false));
        }
    }

    @Test
    void one_row_at_the_end_of_a_partition_costs_the_same_whatever_its_size() {
        SortKey last = new SortKey(0, false, false);
        Bound unbounded = new Bound.Unbounded();
        Bound two = new Bound.Offset(false, 2L);
        List<WindowFrame> frames = List.of(
                new WindowFrame(Unit.RANGE, unbounded, new Bound.Current()),
                new WindowFrame(Unit.ROWS, two, new Bound.Current()),
                new WindowFrame(Unit.RANGE, two, new Bound.Offset(true, 1L)),
                new WindowFrame(Unit.GROUPS, two, new Bound.Current()));
        for (WindowFrame frame : frames) {
            assertEndIsBounded(last, new FrameAggregate(aggregate(AggregateKind.SUM, DataType.INT8), frame));
            assertEndIsBounded(last, new FrameAggregate(aggregate(AggregateKind.MAX, DataType.INT4), frame));
            assertEndIsBounded(last, new FrameValue(1, 1, false, frame, DataType.INT4));
            assertEndIsBounded(last, new FrameValue(1, 1, true, frame, DataType.INT4));
        }
        for (Ranking.Kind kind : List.of(Ranking.Kind.ROW_NUMBER, Ranking.Kind.RANK, Ranking.Kind.DENSE_RANK)) {
            assertEndIsBounded(last, new Ranking(kind));
        }
        assertEndIsBounded(last, new WindowCall.Shifted(1, -2, Optional.empty(), DataType.INT4));
    }

    @Test
    void one_row_at_the_start_of_a_partition_costs_the_same_where_frames_end_with_it() {
        SortKey first = new SortKey(0, true, false);
        WindowFrame frame = new WindowFrame(Unit.ROWS, new Bound.Current(), new Bound.Unbounded());
        assertEndIsBounded(first, new FrameAggregate(aggregate(AggregateKind.SUM, DataType.INT8), frame));
        assertEndIsBounded(first, new FrameAggregate(aggregate(AggregateKind.MIN, DataType.INT4), frame));
    }

    private static AggregateCall aggregate(AggregateKind kind, DataType type) {
        return new AggregateCall(kind, Optional.of(1), false, Optional.empty(), type);
    }

    /** The new row has the greatest key. */
    private static void assertEndIsBounded(SortKey order, WindowCall call) {
        Plan plan = new Plan.Window(T, List.of(), List.of(order), List.of(call));
        long small = costOfOneRow(plan, SMALL, SMALL);
        assertEquals(small, costOfOneRow(plan, LARGE, LARGE), plan::toString);
        assertTrue(small > 0 && small < 50, () -> small + " rows touched by " + plan);
    }

    @Test
    void a_step_does_not_depend_on_how_many_queries_it_does_not_reach() {
        assertEquals(costAmongQueries(1), costAmongQueries(500));
    }

    private static void assertCostIsBounded(Plan plan) {
        long small = costOfOneRow(plan, SMALL);
        assertEquals(small, costOfOneRow(plan, LARGE), plan::toString);
        assertTrue(small > 0 && small < 50, () -> small + " rows touched by " + plan);
    }

    private static long costOfOneRow(Plan plan, int size) {
        return costOfOneRow(plan, size, size / 2);
    }

    private static long costOfOneRow(Plan plan, int size, int key) {
        Circuit circuit = new Circuit();
        TableInput t = circuit.createTable("t", TYPES, List.of());
        TableInput u = circuit.createTable("u", TYPES, List.of());
        for (int i = 0; i < size; i++) {
            t.insert(Row.of(i, i));
            u.insert(Row.of(i, i));
        }
        circuit.step();
        View view = circuit.install(plan);
        long before = circuit.rowsTouched();
        t.insert(Row.of(key, -1));
        circuit.step();
        long cost = circuit.rowsTouched() - before;
        assertNull(view.failure());
        return cost;
    }

    private static long costAmongQueries(int queries) {
        Circuit circuit = new Circuit();
        TableInput t = circuit.createTable("t", TYPES, List.of());
        circuit.createTable("u", TYPES, List.of());
        circuit.install(new Plan.Distinct(T));
        for (int i = 0; i < queries; i++) {
            circuit.install(new Plan.TopK(U, List.of(), List.of(), i, 1, false));
        }
        long before = circuit.rowsTouched();
        t.insert(Row.of(1, 1));
        circuit.step();
        return circuit.rowsTouched() - before;
    }
}
