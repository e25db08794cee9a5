package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.IntervalMath;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigInteger;
import java.util.List;

/** {@code sum} and {@code avg} of intervals: months, days and microseconds each summed up exactly. Only a sum that is no interval is an error, not one that is none on the way. */
final class IntervalSum implements Accumulator {
    private final boolean average;
    private final Argument argument;
    private final int counts;
    private final int months;
    private final int days;
    private final int micros;
    private final int tally;
    private final Present present;

    IntervalSum(boolean average, Argument argument, int first) {
        this.average = average;
        this.argument = argument;
        this.counts = first;
        this.months = first + 1;
        this.days = first + 2;
        this.micros = first + 3;
        this.tally = first + 5;
        this.present = new Present(argument);
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.INT8, DataType.INT8, DataType.INT8, DataType.INT8, DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        Object[][] values = change.store().references(argument.required());
        long[][] countPages = state.longs(counts);
        long[][] monthPages = state.longs(months);
        long[][] dayPages = state.longs(days);
        Sums128 microTotal = new Sums128(state, micros);
        Tallies tallies = new Tallies(state, tally);
        for (int i = 0; i < count; i++) {
            int slot = present.slots()[i];
            int group = present.groups()[i];
            long weight = present.weights()[i];
            Interval value = (Interval) values[slot >>> Pages.SHIFT][slot & Pages.MASK];
            int page = group >>> Pages.SHIFT;
            int at = group & Pages.MASK;
            countPages[page][at] = Math.addExact(countPages[page][at], weight);
            if (!value.isFinite()) {
                tallies.add(group, value.months() > 0 ? Tallies.POSITIVE_INFINITY : Tallies.NEGATIVE_INFINITY, weight);
                continue;
            }
            monthPages[page][at] = Math.addExact(monthPages[page][at], Math.multiplyExact(weight, value.months()));
            dayPages[page][at] = Math.addExact(dayPages[page][at], Math.multiplyExact(weight, value.days()));
            microTotal.addProduct(group, value.micros(), weight);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (values == 0) {
                output.setNull(result, column);
                continue;
            }
            try {
                Interval sum = sum(state, slot);
                output.references(column)[result >>> Pages.SHIFT][result & Pages.MASK] =
                        average && sum.isFinite() ? IntervalMath.divide(sum, (double) values) : sum;
            } catch (ArithmeticException e) {
                throw new MillraceException(ErrorCode.DATA_ERROR, "interval out of range");
            }
        }
    }

    private Interval sum(Store state, int slot) {
        Tallies tallies = new Tallies(state, tally);
        boolean positive = tallies.count(slot, Tallies.POSITIVE_INFINITY) != 0;
        boolean negative = tallies.count(slot, Tallies.NEGATIVE_INFINITY) != 0;
        if (positive && negative) {
            throw new ArithmeticException("opposite infinities");
        }
        if (positive || negative) {
            return positive ? Interval.INFINITY : Interval.NEGATIVE_INFINITY;
        }
        BigInteger microTotal = new Sums128(state, micros).get(slot);
        return IntervalMath.finite(new Interval(
                Math.toIntExact(state.longs(months)[slot >>> Pages.SHIFT][slot & Pages.MASK]),
                Math.toIntExact(state.longs(days)[slot >>> Pages.SHIFT][slot & Pages.MASK]),
                microTotal.longValueExact()));
    }
}
