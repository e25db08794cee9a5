package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.aggregate.Accumulator;
import dev.millrace.dataflow.aggregate.Accumulators;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.EqualRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One group of an {@link Aggregate}. */
final class Group {
    private final EqualRows keys = new EqualRows();
    private final List<AggregateCall> calls;
    private final Accumulator[] accumulators;
    private @Nullable Row output;

    Group(List<AggregateCall> calls, List<DataType> types) {
        this.calls = calls;
        this.accumulators =
                calls.stream().map(call -> Accumulators.create(call, types)).toArray(Accumulator[]::new);
    }

    /** Adds to the weight of a row of the input, whose group columns are {@code key}. */
    void add(Row row, Row key, long weight) {
        keys.add(key, weight);
        for (int i = 0; i < accumulators.length; i++) {
            AggregateCall call = calls.get(i);
            if (call.filter().isEmpty()
                    || Boolean.TRUE.equals(row.get(call.filter().get()))) {
                accumulators[i].add(
                        call.column().isPresent() ? row.get(call.column().get()) : true, weight);
            }
        }
    }

    /** Whether no rows are left. */
    boolean isEmpty() {
        return keys.representative() == null;
    }

    /** The row that was last taken as output, or null if none was. */
    @Nullable
    Row output() {
        return output;
    }

    /** Makes the output anew: the group columns, of which one of the rows has the values, and the results. */
    Row takeOutput() {
        Row key = keys.representative();
        int width = key == null ? 0 : key.size();
        @Nullable Object[] values = new Object[width + accumulators.length];
        for (int i = 0; key != null && i < width; i++) {
            values[i] = key.get(i);
        }
        for (int i = 0; i < accumulators.length; i++) {
            values[width + i] = accumulators[i].result();
        }
        output = Row.owning(values);
        return output;
    }
}
