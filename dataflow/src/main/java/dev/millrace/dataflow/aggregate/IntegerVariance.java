package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import java.util.List;

/** Variance and standard deviation of integers. Squares of more than 64 bits are summed up apart. */
final class IntegerVariance implements Accumulator {
    private final Moments moments;
    private final int counts;
    private final int sums;
    private final int squares;
    private final int greatSquares;
    private final Integers integers;

    IntegerVariance(Moments moments, Argument argument, int first) {
        this.moments = moments;
        this.counts = first;
        this.sums = first + 1;
        this.squares = first + 3;
        this.greatSquares = first + 5;
        this.integers = new Integers(argument);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.INT8, DataType.INT8, DataType.INT8, DataType.INT8, DataType.NUMERIC);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = integers.select(change, groupOf, state);
        long[] values = integers.values();
        int[] groups = integers.groups();
        long[] weights = integers.weights();
        long[][] countPages = state.longs(counts);
        Sums128 total = new Sums128(state, sums);
        Sums128 squareTotal = new Sums128(state, squares);
        ExactSums greatTotal = new ExactSums(state, greatSquares);
        for (int i = 0; i < count; i++) {
            long value = values[i];
            long[] page = countPages[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            page[at] = Math.addExact(page[at], weights[i]);
            total.addProduct(groups[i], value, weights[i]);
            long square = value * value;
            if (Math.multiplyHigh(value, value) == 0 && square >= 0) {
                squareTotal.addProduct(groups[i], square, weights[i]);
            } else {
                greatTotal.add(groups[i], BigDecimal.valueOf(value).pow(2), weights[i]);
            }
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        Sums128 total = new Sums128(state, sums);
        Sums128 squareTotal = new Sums128(state, squares);
        ExactSums greatTotal = new ExactSums(state, greatSquares);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (moments.isDefined(values)) {
                BigDecimal sum = new BigDecimal(total.get(slot));
                BigDecimal squareSum = new BigDecimal(squareTotal.get(slot)).add(greatTotal.get(slot));
                output.references(column)[result >>> Pages.SHIFT][result & Pages.MASK] =
                        moments.numeric(values, sum, squareSum);
            } else {
                output.setNull(result, column);
            }
        }
    }
}
