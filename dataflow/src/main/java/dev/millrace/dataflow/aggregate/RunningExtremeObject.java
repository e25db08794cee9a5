package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Values;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Comparator;
import java.util.List;

/** {@code min} and {@code max} of values that are objects and only added, as {@link RunningExtreme}. A group keeps the value, null while there is none. */
final class RunningExtremeObject implements Accumulator {
    private final boolean greatest;
    private final Comparator<Object> order;
    private final DataType type;
    private final int column;
    private final int first;
    private final Present present;

    RunningExtremeObject(boolean greatest, Argument argument, int first) {
        this.greatest = greatest;
        this.order = argument.type() == DataType.TEXT
                ? (left, right) -> Values.compareText((String) left, (String) right)
                : RunningExtremeObject::compareExactly;
        this.type = argument.type();
        this.column = argument.required();
        this.first = first;
        this.present = new Present(argument);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(type);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        int[] slots = present.slots();
        int[] groups = present.groups();
        long[] weights = present.weights();
        Object[][] values = change.store().references(column);
        Object[][] extremes = state.references(first);
        long signs = 0;
        for (int i = 0; i < count; i++) {
            Object value = values[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
            Object[] page = extremes[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            Object extreme = page[at];
            if (extreme == null || (greatest ? order.compare(extreme, value) : order.compare(value, extreme)) < 0) {
                page[at] = value;
            }
            signs |= weights[i];
        }
        Validation.require(signs >= 0, "a value was taken back where values are only added");
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int resultColumn, int[] outputs) {
        Object[][] extremes = state.references(first);
        Object[][] results = output.references(resultColumn);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            results[result >>> Pages.SHIFT][result & Pages.MASK] = extremes[slot >>> Pages.SHIFT][slot & Pages.MASK];
        }
    }

    /** The exact order: of values that are equal the one that is shown first. */
    private static int compareExactly(Object left, Object right) {
        int order = Values.compare(left, right);
        return order == 0 ? Values.compareRepresentations(left, right) : order;
    }
}
