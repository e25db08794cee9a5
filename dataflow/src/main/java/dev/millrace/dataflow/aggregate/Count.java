package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** {@code count}: 0 over nothing. */
final class Count implements Accumulator {
    private final int first;
    private final Present present;

    Count(Argument argument, int first) {
        this.first = first;
        this.present = new Present(argument);
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        int[] groups = present.groups();
        long[] weights = present.weights();
        long[][] counts = state.longs(first);
        for (int i = 0; i < count; i++) {
            long[] page = counts[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            page[at] = Math.addExact(page[at], weights[i]);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        new RowCount(first).results(state, groups, count, output, column, outputs);
    }
}
