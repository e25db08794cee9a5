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
 * {@code sum} and {@code avg} of integers, in 128 bits as soon as 64 do not do, so that only a total can be out of range and no sum on the way to it. As long as the number of values is
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
    private final ValueCounts counts;
    private final int sums;
    private final Integers integers;
    /** Whether a sum ever left 64 bits; until then the upper ones are not touched. */
    private boolean wide;

    /** @param first its columns: one for the counts, two for the sums */
    IntegerSum(Result kind, Argument argument, ValueCounts counts, int first) {
        this.kind = kind;
        this.counts = counts;
        this.sums = first + 1;
        this.integers = new Integers(argument);
    }

    @Override
    public boolean mayFail() {
        return kind == Result.INT8;
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
        counts.add(change, groupOf, state, groups, weights, count);
        int narrow = wide ? 0 : addNarrow(state.longs(sums + 1), groups, values, weights, count);
        if (narrow == count) {
            return;
        }
        Sums128 totals = new Sums128(state, sums);
        if (!wide) {
            widen(totals, state);
        }
        for (int i = narrow; i < count; i++) {
            totals.addProduct(groups[i], values[i], weights[i]);
        }
    }

    /** Adds up to the first that would take a sum out of 64 bits, and returns how many that are. */
    private static int addNarrow(long[][] lows, int[] groups, long[] values, long[] weights, int count) {
        for (int i = 0; i < count; i++) {
            long[] page = lows[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            long product = values[i] * weights[i];
            long sum = page[at] + product;
            boolean overflows = ((page[at] ^ sum) & (product ^ sum)) < 0
                    || (weights[i] != 1 && Math.multiplyHigh(values[i], weights[i]) != product >> (Long.SIZE - 1));
            if (overflows) {
                return i;
            }
            page[at] = sum;
        }
        return count;
    }

    private void widen(Sums128 totals, Store state) {
        for (int slot = state.nextLive(0); slot < state.limit(); slot = state.nextLive(slot + 1)) {
            state.touch(state.position(slot));
            totals.extend(slot);
        }
        wide = true;
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        if (kind == Result.INT8) {
            int8s(state, groups, count, output, column, outputs);
            return;
        }
        ValueCounts.Reader valueCounts = counts.in(state);
        Sums128 totals = new Sums128(state, sums);
        Object[][] results = output.references(column);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = valueCounts.get(slot);
            if (values == 0) {
                output.setNull(result, column);
            } else {
                results[result >>> Pages.SHIFT][result & Pages.MASK] = numeric(totals, slot, values);
            }
        }
    }

    private void int8s(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        ValueCounts.Reader valueCounts = counts.in(state);
        Sums128 totals = new Sums128(state, sums);
        long[][] results = output.longs(column);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            if (valueCounts.get(slot) == 0) {
                output.setNull(result, column);
            } else {
                results[result >>> Pages.SHIFT][result & Pages.MASK] = int8(totals, slot);
            }
        }
    }

    private long int8(Sums128 totals, int slot) {
        if (wide && !totals.isLong(slot)) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "bigint out of range");
        }
        return totals.low(slot);
    }

    private Decimal numeric(Sums128 totals, int slot, long values) {
        BigDecimal total =
                !wide || totals.isLong(slot) ? BigDecimal.valueOf(totals.low(slot)) : new BigDecimal(totals.get(slot));
        return Decimal.of(kind == Result.AVERAGE ? DecimalMath.divide(total, BigDecimal.valueOf(values)) : total);
    }
}
