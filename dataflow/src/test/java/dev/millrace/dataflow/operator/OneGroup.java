package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An aggregate without keys over a table of one column. */
final class OneGroup {
    private final DrivenOperator operator;

    OneGroup(AggregateKind kind, DataType column, DataType result) {
        this(new AggregateCall(kind, Optional.of(0), false, Optional.empty(), result), column);
    }

    private OneGroup(AggregateCall call, DataType column) {
        List<DataType> types = List.of(column);
        Plan.Aggregate plan = new Plan.Aggregate(new Plan.Table("t", types), List.of(), List.of(call));
        operator = new DrivenOperator(new Aggregate(plan, false, new CodeCache(), new WorkMeter()), types);
    }

    static OneGroup distinct(AggregateKind kind, DataType column, DataType result) {
        return new OneGroup(new AggregateCall(kind, Optional.of(0), true, Optional.empty(), result), column);
    }

    void add(@Nullable Object value, long weight) {
        operator.insert(Row.of(new @Nullable Object[] {value}), weight);
    }

    /** Two values in one step. */
    void addBoth(@Nullable Object first, long firstWeight, @Nullable Object second, long secondWeight) {
        ZSet change = new ZSet();
        change.append(Row.of(new @Nullable Object[] {first}), firstWeight);
        change.append(Row.of(new @Nullable Object[] {second}), secondWeight);
        operator.step(change);
    }

    @Nullable
    Object result() {
        return operator.output().row(0).get(0);
    }

    /** Why it has no result, or null if it has one. */
    @Nullable
    String failure() {
        return operator.failure();
    }
}
