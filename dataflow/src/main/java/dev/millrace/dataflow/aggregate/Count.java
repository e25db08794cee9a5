package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** {@code count}: 0 over nothing. */
final class Count implements Accumulator {
    private final ValueCounts counts;
    private final Present present;

    Count(Argument argument, ValueCounts counts) {
        this.counts = counts;
        this.present = new Present(argument);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        counts.add(change, groupOf, state, present.groups(), present.weights(), count);
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        ValueCounts.Reader values = counts.in(state);
        long[][] results = output.longs(column);
        for (int i = 0; i < count; i++) {
            int result = output.slot(outputs[i]);
            results[result >>> Pages.SHIFT][result & Pages.MASK] = values.get(state.slot(groups[i]));
        }
    }
}
