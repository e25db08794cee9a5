package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** {@code count(*)}: what the group counts anyway. */
record RowCount(int rowsColumn) implements Accumulator {
    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of();
    }

    @Override
    public void add(Batch change, int[] groups, Store state) {}

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] rows = state.longs(rowsColumn);
        long[][] results = output.longs(column);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            results[result >>> Pages.SHIFT][result & Pages.MASK] = rows[slot >>> Pages.SHIFT][slot & Pages.MASK];
        }
    }
}
