package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an operator that throws, which is a bug, and of what depends on it. */
class RebuildTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final Plan T = new Plan.Table("t", TYPES);

    private final Circuit circuit = new Circuit();
    private final TableInput t = circuit.createTable("t", TYPES, List.of(0));

    @BeforeEach
    void fill() {
        t.insert(Row.of(1, 10));
        t.insert(Row.of(2, 20));
        circuit.step();
    }

    @Test
    void an_operator_that_throws_once_is_made_anew_with_what_depends_on_it() {
        Plan faulty = new Plan.Project(T, List.of(new FaultyFunction(1).of(1)));
        View plain = circuit.install(faulty);
        View count = circuit.install(new Plan.Aggregate(faulty, List.of(), List.of(count())));
        View healthy = circuit.install(new Plan.Aggregate(T, List.of(), List.of(count())));
        int operators = circuit.nodeCount();
        t.insert(Row.of(3, 0));
        t.delete(Row.of(2));
        t.insert(Row.of(4, 40));
        StepResult result = circuit.step();
        assertEquals(List.of(), result.failed());
        assertEquals(1, result.deltas().size());
        assertSame(healthy, result.deltas().getFirst().view());
        assertEquals("{[2]: -1, [3]: 1}", result.deltas().getFirst().delta().toString());
        assertEquals(2, result.rebuilt().size());
        for (RebuiltView rebuilt : result.rebuilt()) {
            assertInstanceOf(IllegalStateException.class, rebuilt.cause());
            String expected = rebuilt.view().equals(plain) ? "{[20]: -1, [0]: 1, [40]: 1}" : "{[2]: -1, [3]: 1}";
            assertEquals(expected, rebuilt.differences().toString());
        }
        assertEquals(List.of("[0]", "[10]", "[40]"), Rows.shown(plain.rows()));
        assertEquals(3, plain.size());
        assertEquals(List.of(Row.of(3L)), count.rows());
        assertEquals(operators, circuit.nodeCount());
        t.delete(Row.of(3));
        assertEquals(3, circuit.step().deltas().size());
        assertEquals(List.of("[10]", "[40]"), Rows.shown(plain.rows()));
        circuit.validate();
        circuit.release(plain);
        circuit.release(count);
        circuit.release(healthy);
        assertEquals(0, circuit.nodeCount());
    }

    @Test
    void a_view_whose_own_operator_threw_in_the_middle_is_told_the_exact_differences() {
        List<DataType> types = List.of(DataType.INT4, DataType.NUMERIC);
        TableInput numbers = circuit.createTable("numbers", types, List.of());
        AggregateCall sum =
                new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.NUMERIC);
        View view = circuit.install(new Plan.Aggregate(new Plan.Table("numbers", types), List.of(0), List.of(sum)));
        numbers.insert(Row.of(1, number(5)));
        numbers.insert(Row.of(2, number(7)));
        circuit.step();
        FaultyNumber faulty = new FaultyNumber();
        numbers.delete(Row.of(1, number(5)));
        numbers.insert(Row.of(2, number(3)));
        numbers.insert(Row.of(3, Decimal.of(faulty)));
        StepResult result = circuit.step();
        assertEquals(0, faulty.failures);
        assertEquals(List.of(), result.failed());
        assertEquals(
                List.of("[1, 5]: -1", "[2, 10]: 1", "[2, 7]: -1", "[3, 1]: 1"),
                OperatorPropertyTest.entries(result.rebuilt().getFirst().differences()));
        assertEquals(List.of("[2, 10]", "[3, 1]"), Rows.shown(view.rows()));
    }

    @Test
    void an_operator_that_throws_again_ends_its_views_and_no_others() {
        Plan faulty = new Plan.Project(T, List.of(new FaultyFunction(FaultyFunction.ALWAYS).of(1)));
        View view = circuit.install(new Plan.Distinct(faulty));
        View healthy = circuit.install(T);
        t.insert(Row.of(3, 0));
        StepResult result = circuit.step();
        assertEquals(List.of(view), result.failed());
        assertEquals(List.of(), result.rebuilt());
        assertInstanceOf(IllegalStateException.class, view.failure());
        assertThrows(IllegalStateException.class, view::rows);
        assertEquals(3, healthy.rows().size());
        assertEquals(0, circuit.nodeCount());
        circuit.release(view);
        t.insert(Row.of(4, 4));
        assertEquals(1, circuit.step().deltas().size());
    }

    @Test
    void an_operator_that_throws_when_it_is_filled_is_not_installed() {
        t.insert(Row.of(3, 0));
        circuit.step();
        Plan plan = new Plan.Distinct(new Plan.Project(T, List.of(new FaultyFunction(1).of(1))));
        assertThrows(IllegalStateException.class, () -> circuit.install(plan));
        assertEquals(0, circuit.nodeCount());
        assertEquals(3, circuit.install(plan).size());
    }

    @Test
    void a_view_whose_rows_are_not_kept_ends() {
        View changes = circuit.installChanges(new Plan.Project(T, List.of(new FaultyFunction(1).of(1))));
        t.insert(Row.of(3, 0));
        assertEquals(List.of(changes), circuit.step().failed());
        assertEquals(0, circuit.nodeCount());
    }

    @Test
    void a_view_over_a_stream_ends_since_what_came_is_not_there_any_more() {
        StreamInput stream = circuit.createStream("s", TYPES);
        Plan faulty = new Plan.Project(new Plan.Table("s", TYPES), List.of(new FaultyFunction(1).of(1)));
        View count = circuit.install(new Plan.Aggregate(faulty, List.of(), List.of(count())));
        stream.insert(Row.of(1, 1));
        circuit.step();
        assertNull(count.failure());
        stream.insert(Row.of(2, 0));
        assertEquals(List.of(count), circuit.step().failed());
    }

    private static AggregateCall count() {
        return new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.empty(), DataType.INT8);
    }

    private static Decimal number(int value) {
        return Decimal.of(BigDecimal.valueOf(value));
    }

    /** 1, with a bug that shows once. */
    private static final class FaultyNumber extends BigDecimal {
        private static final long serialVersionUID = 1;
        private int failures = 1;

        FaultyNumber() {
            super("1");
        }

        @Override
        public int precision() {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("a bug");
            }
            return super.precision();
        }
    }
}
