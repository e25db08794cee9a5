package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;

/** The value of the only row, nulls counted as values; null over nothing, and an error over more than one row. */
final class SingleValue implements Accumulator {
    private final Count rows;
    private final int rowsColumn;
    private final Extreme value;

    /** @param argument takes rows whatever their values are */
    SingleValue(Argument argument, int first, OrderedValues values) {
        this.rows = new Count(argument, ValueCounts.ofOthers(first));
        this.rowsColumn = first;
        this.value = new Extreme(false, values, true);
    }

    @Override
    public List<DataType> state() {
        return rows.state();
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        rows.add(change, groupOf, state);
        value.add(change, groupOf, state);
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] counts = state.longs(rowsColumn);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            if (counts[slot >>> Pages.SHIFT][slot & Pages.MASK] > 1) {
                throw new MillraceException(
                        ErrorCode.DATA_ERROR, "more than one row returned by a subquery used as an expression");
            }
        }
        value.results(state, groups, count, output, column, outputs);
    }

    @Override
    public List<Template<?>> code() {
        return value.code();
    }

    @Override
    public long memoryBytes() {
        return value.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        value.validate(state);
    }
}
