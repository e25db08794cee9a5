package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;

/**
 * {@code sum} and {@code avg} of floating point numbers. The sum is exact and rounded once, on output: it can be retracted from, and does not depend
 * on the order of the values, as it does in Postgres where they round on the way. {@code avg} divides the rounded sum.
 */
final class FloatSum implements Accumulator {
    /** The sum is of the column's type, {@code avg} is always float8. */
    enum Result {
        FLOAT4,
        FLOAT8,
        AVERAGE
    }

    private final Result kind;
    private final int counts;
    private final int window;
    private final int rest;
    private final int tally;
    private final Floats floats;

    FloatSum(Result kind, Argument argument, int first) {
        this.kind = kind;
        this.counts = first;
        this.window = first + 1;
        this.rest = first + 3;
        this.tally = first + 4;
        this.floats = new Floats(argument);
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.INT8, DataType.INT8, DataType.NUMERIC, DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = floats.select(change, groupOf, state);
        double[] values = floats.values();
        int[] groups = floats.groups();
        long[] weights = floats.weights();
        long[][] countPages = state.longs(counts);
        FixedPoint sums = sums(state);
        Tallies tallies = new Tallies(state, tally);
        for (int i = 0; i < count; i++) {
            double value = values[i];
            long[] page = countPages[groups[i] >>> Pages.SHIFT];
            int at = groups[i] & Pages.MASK;
            page[at] = Math.addExact(page[at], weights[i]);
            if (!Double.isFinite(value)) {
                tallies.addSpecial(groups[i], value, weights[i]);
            } else if (value != 0) {
                sums.add(groups[i], value, weights[i]);
            } else if (Double.doubleToRawLongBits(value) != 0) {
                tallies.add(groups[i], Tallies.NEGATIVE_ZERO, weights[i]);
            }
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        FixedPoint sums = sums(state);
        Tallies tallies = new Tallies(state, tally);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (values == 0) {
                output.setNull(result, column);
                continue;
            }
            boolean special = tallies.hasSpecials(slot);
            double total = special ? tallies.specialSum(slot) : rounded(sums, slot);
            if (Double.isInfinite(total) && !special) {
                throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
            }
            boolean onlyNegativeZeros = !tallies.isEmpty(slot) && tallies.count(slot, Tallies.NEGATIVE_ZERO) == values;
            if (kind == Result.AVERAGE) {
                // It starts from zero in Postgres, so it is never negative zero.
                output.doubles(column)[result >>> Pages.SHIFT][result & Pages.MASK] = total / values;
            } else if (kind == Result.FLOAT8) {
                output.doubles(column)[result >>> Pages.SHIFT][result & Pages.MASK] = onlyNegativeZeros ? -0.0 : total;
            } else {
                output.floats(column)[result >>> Pages.SHIFT][result & Pages.MASK] =
                        onlyNegativeZeros ? -0f : (float) total;
            }
        }
    }

    /** The sum as the type of the result rounds it. */
    private double rounded(FixedPoint sums, int slot) {
        return kind == Result.FLOAT4 ? sums.toFloat(slot) : sums.toDouble(slot);
    }

    private FixedPoint sums(Store state) {
        return new FixedPoint(new Sums128(state, window), new ExactSums(state, rest));
    }
}
