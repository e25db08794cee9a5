package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AggregateTest {
    private static final AggregateCall COUNT =
            new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.empty(), DataType.INT8);
    private static final AggregateCall MAX =
            new AggregateCall(AggregateKind.MAX, Optional.of(1), false, Optional.empty(), DataType.INT4);

    @Test
    void without_keys_there_is_one_row_over_no_input_and_after_it() {
        DrivenOperator operator = driven(List.of(), List.of(COUNT));
        assertEquals("{[0]: 1}", operator.output().toString());
        assertEquals("{[0]: -1, [2]: 1}", operator.insert(Row.of(1, 1), 2).toString());
        assertEquals("{[2]: -1, [0]: 1}", operator.insert(Row.of(1, 1), -2).toString());
    }

    @Test
    void a_group_goes_with_its_last_row() {
        DrivenOperator operator = driven(List.of(0), List.of(COUNT));
        assertEquals("{[null, 1]: 1}", operator.insert(Row.of(null, 1), 1).toString());
        assertEquals("{[null, 1]: -1}", operator.insert(Row.of(null, 1), -1).toString());
        assertEquals("{}", operator.output().toString());
    }

    @Test
    void a_group_whose_row_stays_the_same_is_not_in_the_change() {
        DrivenOperator operator = driven(List.of(0), List.of(MAX));
        assertEquals("{[1, 9]: 1}", operator.insert(Row.of(1, 9), 1).toString());
        assertEquals("{}", operator.insert(Row.of(1, 3), 1).toString());
        assertEquals(
                "{[1, 9]: -1, [1, 3]: 1}", operator.insert(Row.of(1, 9), -1).toString());
    }

    @Test
    void any_split_of_a_change_leads_to_the_same() {
        DrivenOperator whole = driven(List.of(0), List.of(COUNT, MAX));
        DrivenOperator split = driven(List.of(0), List.of(COUNT, MAX));
        ZSet change = new ZSet();
        for (int i = 0; i < 600; i++) {
            change.append(Row.of(i % 50, i), 1 + i % 3);
            split.insert(Row.of(i % 50, i), 1 + i % 3);
        }
        whole.step(change);
        DrivenOperator.assertSame(whole.output(), split.output());
    }

    @Test
    void a_row_that_was_not_there_cannot_be_retracted() {
        DrivenOperator operator = driven(List.of(0), List.of(COUNT));
        assertThrows(IllegalStateException.class, () -> operator.insert(Row.of(1, 1), -1));
    }

    @Test
    void unknown_combinations_are_refused() {
        refused(AggregateKind.SUM, DataType.TEXT, DataType.TEXT);
        refused(AggregateKind.SUM, DataType.INT4, DataType.INT4);
        refused(AggregateKind.AVG, DataType.INT4, DataType.FLOAT8);
        refused(AggregateKind.MIN, DataType.INT4, DataType.INT8);
        refused(AggregateKind.COUNT, DataType.INT4, DataType.INT4);
        refused(AggregateKind.BOOL_AND, DataType.INT4, DataType.BOOL);
        refused(AggregateKind.VAR_POP, DataType.DATE, DataType.NUMERIC);
        refused(new AggregateCall(AggregateKind.SUM, Optional.empty(), false, Optional.empty(), DataType.INT8));
        refused(new AggregateCall(AggregateKind.COUNT, Optional.empty(), true, Optional.empty(), DataType.INT8));
        refused(new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.of(0), DataType.INT8));
    }

    private static void refused(AggregateKind kind, DataType column, DataType result) {
        AggregateCall call = new AggregateCall(kind, Optional.of(0), false, Optional.empty(), result);
        Plan.Aggregate plan = new Plan.Aggregate(new Plan.Table("t", List.of(column)), List.of(), List.of(call));
        assertThrows(
                IllegalArgumentException.class, () -> new Aggregate(plan, false, new CodeCache(), new WorkMeter()));
    }

    private static void refused(AggregateCall call) {
        assertThrows(IllegalArgumentException.class, () -> driven(List.of(), List.of(call)));
    }

    private static DrivenOperator driven(List<Integer> keys, List<AggregateCall> calls) {
        List<DataType> types = List.of(DataType.INT4, DataType.INT4);
        Plan.Aggregate plan = new Plan.Aggregate(new Plan.Table("t", types), keys, calls);
        return new DrivenOperator(new Aggregate(plan, false, new CodeCache(), new WorkMeter()), types);
    }
}
