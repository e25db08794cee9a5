package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.util.List;

/**
 * {@code sum} and {@code avg} of integers, in 128 bits, so that only a total can be out of range and no sum on the way to it. As long as the number of values is
 * within 64 bits the sum is within 128.
 */
final class IntegerSum implements Accumulator {
    /** {@code sum(int2)} and {@code sum(int4)} give int8, {@code sum(int8)} and every {@code avg} give numeric. */
    enum Result {
        INT8,
        NUMERIC,
        AVERAGE
    }

    private final Result kind;
    private final int counts;
    private final int sums;
    private final Integers integers;

    IntegerSum(Result kind, Argument argument, int first) {
        this.kind = kind;
        this.counts = first;
        this.sums = first + 1;
        this.integers = new Integers(argument);
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.INT8, DataType.INT8);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = integers.select(change, groupOf, state);
        long[] values = integers.values();
        int[] groups = integers.groups();
        long[] weights = integers.weights();
        long[][] countPages = state.longs(counts);
        Sums128 totals = new Sums128(state, sums);
        for (int i = 0; i < count; i++) {
            long[] page = countPages[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            page[at] = Math.addExact(page[at], weights[i]);
            totals.addProduct(groups[i], values[i], weights[i]);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        if (kind == Result.INT8) {
            int8s(state, groups, count, output, column, outputs);
            return;
        }
        long[][] countPages = state.longs(counts);
        Sums128 totals = new Sums128(state, sums);
        Object[][] results = output.references(column);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (values == 0) {
                output.setNull(result, column);
            } else {
                results[result >>> Pages.SHIFT][result & Pages.MASK] = numeric(totals, slot, values);
            }
        }
    }

    private void int8s(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        Sums128 totals = new Sums128(state, sums);
        long[][] results = output.longs(column);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            if (countPages[slot >>> Pages.SHIFT][slot & Pages.MASK] == 0) {
                output.setNull(result, column);
            } else {
                results[result >>> Pages.SHIFT][result & Pages.MASK] = int8(totals, slot);
            }
        }
    }

    private static long int8(Sums128 totals, int slot) {
        if (!totals.isLong(slot)) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "bigint out of range");
        }
        return totals.low(slot);
    }

    private Decimal numeric(Sums128 totals, int slot, long values) {
        BigDecimal total =
                totals.isLong(slot) ? BigDecimal.valueOf(totals.low(slot)) : new BigDecimal(totals.get(slot));
        return Decimal.of(kind == Result.AVERAGE ? DecimalMath.divide(total, BigDecimal.valueOf(values)) : total);
    }
}
