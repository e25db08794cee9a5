package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** {@code min} and {@code max}: the first and the last of the values in order. */
final class Extreme implements Accumulator {
    private final boolean greatest;
    private final OrderedValues values;
    private final boolean isOwner;
    private int[] found = new int[0];

    /** @param isOwner whether it is the one that adds the changes to the values; others may read them too */
    Extreme(boolean greatest, OrderedValues values, boolean isOwner) {
        this.greatest = greatest;
        this.values = values;
        this.isOwner = isOwner;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of();
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        if (isOwner) {
            values.add(change, groupOf, state);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        if (found.length < count) {
            found = new int[Math.max(count, found.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            found[i] = greatest ? values.last(slot) : values.first(slot);
        }
        ColumnCopy.copy(values.store(), GroupedValues.VALUE, found, count, output, column, outputs);
    }

    @Override
    public List<Template<?>> code() {
        return isOwner ? values.code() : List.of();
    }

    @Override
    public long memoryBytes() {
        return isOwner ? values.memoryBytes() : 0;
    }

    @Override
    public void validate(Store state) {
        values.validate(state);
    }
}
