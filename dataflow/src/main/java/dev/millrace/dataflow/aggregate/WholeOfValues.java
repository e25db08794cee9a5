package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object of all values of a group, in order; null over no values. O(log n) for a value that comes or goes, and the whole of a group's values once for each
 * change of the group. What they come to is kept until then; a row that shows it shares it.
 */
abstract class WholeOfValues implements Accumulator {
    private final OrderedValues values;
    private final DataType type;
    private final int first;

    /**
     * @param type of the result
     * @param first the column of the result so far, null if it has to be made again
     */
    WholeOfValues(OrderedValues values, DataType type, int first) {
        this.values = values;
        this.type = type;
        this.first = first;
    }

    /** What the values of the group in a slot, of which there is one at least, come to. */
    abstract Object whole(int group);

    @Override
    public List<DataType> state() {
        return List.of(type);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        values.add(change, groupOf, state);
        Object[][] made = state.references(first);
        for (int i = 0; i < change.size(); i++) {
            set(made, state.slot(groupOf[i]), null);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        Object[][] shown = output.references(column);
        for (int i = 0; i < count; i++) {
            set(shown, output.slot(outputs[i]), result(state, groups[i]));
        }
    }

    @Override
    public List<Template<?>> code() {
        return values.code();
    }

    @Override
    public long memoryBytes() {
        return values.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        values.validate(state);
    }

    private @Nullable Object result(Store state, int group) {
        int slot = state.slot(group);
        Object made = state.references(first)[slot >>> Pages.SHIFT][slot & Pages.MASK];
        if (made == null && values.first(slot) >= 0) {
            made = whole(slot);
            state.touch(group);
            set(state.references(first), slot, made);
        }
        return made;
    }

    private static void set(@Nullable Object[][] pages, int slot, @Nullable Object value) {
        pages[slot >>> Pages.SHIFT][slot & Pages.MASK] = value;
    }
}
