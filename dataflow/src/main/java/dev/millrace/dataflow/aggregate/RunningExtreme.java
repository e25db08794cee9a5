package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/**
 * {@code min} and {@code max} of primitive values that are only added: {@code max(A + ΔA) = max(max A, max ΔA)}. A group keeps one number, the
 * greatest of its values as {@link OrderedBits}, whose least is 0, as a new group has it; whether there is a value at all its counts say. O(1) a change.
 */
final class RunningExtreme implements Accumulator {
    private final ValueCounts counts;
    private final int extremes;
    private final OrderedBits bits;

    /** @param first its columns: one for the counts, one for the extremes */
    RunningExtreme(boolean greatest, Argument argument, ValueCounts counts, int first) {
        this.counts = counts;
        this.extremes = first + 1;
        this.bits = new OrderedBits(argument, !greatest);
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
        int count = bits.select(change, groupOf, state);
        long[] values = bits.values();
        int[] groups = bits.groups();
        long[] weights = bits.weights();
        counts.add(change, groupOf, state, groups, weights, count);
        long[][] pages = state.longs(extremes);
        long signs = 0;
        for (int i = 0; i < count; i++) {
            long[] page = pages[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            page[at] = Long.compareUnsigned(values[i], page[at]) > 0 ? values[i] : page[at];
            signs |= weights[i];
        }
        Validation.require(signs >= 0, "a value was taken back where values are only added");
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        ValueCounts.Reader values = counts.in(state);
        long[][] pages = state.longs(extremes);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            if (values.get(slot) == 0) {
                output.setNull(result, column);
            } else {
                bits.write(pages[slot >>> Pages.SHIFT][slot & Pages.MASK], output, column, result);
            }
        }
    }
}
