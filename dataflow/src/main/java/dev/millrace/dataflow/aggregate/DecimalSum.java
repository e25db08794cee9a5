package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * {@code sum} and {@code avg} of numerics. The sum's scale is the greatest among the values that are there now.
 *
 * <p>Nearly always all values of a group have one scale and not too many digits. They are summed up in 128 bits at the group's scale; other scales are tallied,
 * and their values, as those of more digits, are in an exact sum beside it. A group changes its scale when it has no values of the old one.
 */
final class DecimalSum implements Accumulator {
    /** A number of so many digits is within 64 bits. */
    private static final int LONG_DIGITS = 18;

    private final boolean average;
    private final int column;
    private final int first;
    private final Present present;

    DecimalSum(boolean average, Argument argument, int first) {
        this.average = average;
        this.column = argument.required();
        this.first = first;
        this.present = new Present(argument);
    }

    /** The state of all groups. */
    private static final class Sums {
        private final long[][] counts;
        private final long[][] countsAtScale;
        private final int[][] scales;
        private final Sums128 window;
        private final ExactSums rest;
        private final Tallies tallies;

        Sums(Store state, int first) {
            counts = state.longs(first);
            countsAtScale = state.longs(first + 1);
            scales = state.ints(first + 2);
            window = new Sums128(state, first + 3);
            rest = new ExactSums(state, first + 5);
            tallies = new Tallies(state, first + 6);
        }

        void add(int slot, Decimal value, long weight) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            counts[page][at] = Math.addExact(counts[page][at], weight);
            if (!value.isFinite()) {
                tallies.addSpecial(slot, value.doubleValue(), weight);
                return;
            }
            BigDecimal number = value.value();
            if (number.scale() != scales[page][at] && countsAtScale[page][at] == 0) {
                rescale(slot, number.scale());
            }
            if (number.scale() != scales[page][at]) {
                tallies.add(slot, number.scale(), weight);
                rest.add(slot, number, weight);
                return;
            }
            countsAtScale[page][at] += weight;
            boolean fits = number.precision() <= LONG_DIGITS
                    && window.addProduct(slot, number.unscaledValue().longValue(), weight);
            if (!fits) {
                rest.add(slot, number, weight);
            }
        }

        BigDecimal total(int slot) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            int scale = tallies.greatestScale(slot);
            if (countsAtScale[page][at] != 0) {
                scale = Math.max(scale, scales[page][at]);
            }
            BigDecimal total = windowValue(slot);
            // No value that is there has more digits, so those that are cut off here are zeros.
            return (rest.isZero(slot) ? total : total.add(rest.get(slot))).setScale(scale, RoundingMode.UNNECESSARY);
        }

        private void rescale(int slot, int scale) {
            if (window.high(slot) != 0 || window.low(slot) != 0) {
                rest.add(slot, windowValue(slot), 1);
                window.clear(slot);
            }
            scales[slot >>> Pages.SHIFT][slot & Pages.MASK] = scale;
            long tallied = tallies.count(slot, scale);
            tallies.add(slot, scale, -tallied);
            countsAtScale[slot >>> Pages.SHIFT][slot & Pages.MASK] = tallied;
        }

        private BigDecimal windowValue(int slot) {
            int scale = scales[slot >>> Pages.SHIFT][slot & Pages.MASK];
            return window.isLong(slot)
                    ? BigDecimal.valueOf(window.low(slot), scale)
                    : new BigDecimal(window.get(slot), scale);
        }
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(
                DataType.INT8,
                DataType.INT8,
                DataType.INT4,
                DataType.INT8,
                DataType.INT8,
                DataType.NUMERIC,
                DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        int[] slots = present.slots();
        int[] groups = present.groups();
        long[] weights = present.weights();
        Object[][] values = change.store().references(column);
        Sums sums = new Sums(state, first);
        for (int i = 0; i < count; i++) {
            sums.add(groups[i], (Decimal) values[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK], weights[i]);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int resultColumn, int[] outputs) {
        Sums sums = new Sums(state, first);
        Object[][] results = output.references(resultColumn);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = sums.counts[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (values == 0) {
                output.setNull(result, resultColumn);
            } else {
                results[result >>> Pages.SHIFT][result & Pages.MASK] = result(sums, slot, values);
            }
        }
    }

    private Decimal result(Sums sums, int slot, long values) {
        if (sums.tallies.hasSpecials(slot)) {
            return Decimal.special(sums.tallies.specialSum(slot));
        }
        BigDecimal total = sums.total(slot);
        return Decimal.of(average ? DecimalMath.divide(total, BigDecimal.valueOf(values)) : total);
    }
}
