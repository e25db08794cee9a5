package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** {@code bool_and} and {@code bool_or}, by how many values are false and how many true. */
final class Booleans implements Accumulator {
    private final boolean conjunction;
    private final int column;
    private final int falses;
    private final int trues;
    private final Present present;

    Booleans(boolean conjunction, Argument argument, int first) {
        this.conjunction = conjunction;
        this.column = argument.required();
        this.falses = first;
        this.trues = first + 1;
        this.present = new Present(argument);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.INT8);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        int[] slots = present.slots();
        int[] groups = present.groups();
        long[] weights = present.weights();
        byte[][] values = change.store().bytes(column);
        long[][] falseCounts = state.longs(falses);
        long[][] trueCounts = state.longs(trues);
        for (int i = 0; i < count; i++) {
            boolean value = values[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK] != 0;
            (value ? trueCounts : falseCounts)[groups[i] >>> Pages.SHIFT][groups[i] & Pages.MASK] += weights[i];
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int resultColumn, int[] outputs) {
        long[][] falseCounts = state.longs(falses);
        long[][] trueCounts = state.longs(trues);
        byte[][] results = output.bytes(resultColumn);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            boolean hasFalse = falseCounts[slot >>> Pages.SHIFT][slot & Pages.MASK] != 0;
            boolean hasTrue = trueCounts[slot >>> Pages.SHIFT][slot & Pages.MASK] != 0;
            if (!hasFalse && !hasTrue) {
                output.setNull(result, resultColumn);
            } else {
                boolean value = conjunction ? !hasFalse : hasTrue;
                results[result >>> Pages.SHIFT][result & Pages.MASK] = (byte) (value ? 1 : 0);
            }
        }
    }
}
