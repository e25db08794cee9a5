package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Variance and standard deviation of numerics and of floating point numbers, from exact sums of the values and of their squares. NaN and the infinities make
 * them NaN while they are there.
 */
final class Variance implements Accumulator {
    private final Moments moments;
    private final Argument argument;
    private final boolean isNumeric;
    private final int counts;
    private final int sums;
    private final int squares;
    private final int tally;
    private final Present present;

    Variance(Moments moments, Argument argument, int first) {
        this.moments = moments;
        this.argument = argument;
        this.isNumeric = argument.type() == DataType.NUMERIC;
        this.counts = first;
        this.sums = first + 1;
        this.squares = first + 2;
        this.tally = first + 3;
        this.present = new Present(argument);
    }

    @Override
    public boolean mayFail() {
        return !isNumeric;
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.NUMERIC, DataType.NUMERIC, DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        Store rows = change.store();
        long[][] countPages = state.longs(counts);
        ExactSums total = new ExactSums(state, sums);
        ExactSums squareTotal = new ExactSums(state, squares);
        Tallies tallies = new Tallies(state, tally);
        for (int i = 0; i < count; i++) {
            int group = present.groups()[i];
            long weight = present.weights()[i];
            long[] page = countPages[group >>> Pages.SHIFT];
            page[group & Pages.MASK] = Math.addExact(page[group & Pages.MASK], weight);
            Decimal value = value(rows, present.slots()[i]);
            if (!value.isFinite()) {
                tallies.addSpecial(group, value.doubleValue(), weight);
                continue;
            }
            if (isNumeric) {
                tallies.add(group, value.scale(), weight);
            }
            total.add(group, value.value(), weight);
            squareTotal.add(group, value.value().pow(2), weight);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        ExactSums total = new ExactSums(state, sums);
        ExactSums squareTotal = new ExactSums(state, squares);
        Tallies tallies = new Tallies(state, tally);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            boolean special = tallies.hasSpecials(slot);
            if (!moments.isDefined(values)) {
                output.setNull(result, column);
            } else if (isNumeric) {
                output.references(column)[result >>> Pages.SHIFT][result & Pages.MASK] = special
                        ? Decimal.NAN
                        : moments.numeric(
                                values,
                                total.get(slot).setScale(tallies.greatestScale(slot), RoundingMode.UNNECESSARY),
                                squareTotal.get(slot));
            } else {
                output.doubles(column)[result >>> Pages.SHIFT][result & Pages.MASK] =
                        special ? Double.NaN : moments.float8(values, total.get(slot), squareTotal.get(slot));
            }
        }
    }

    private Decimal value(Store rows, int slot) {
        int column = argument.required();
        int page = slot >>> Pages.SHIFT;
        int at = slot & Pages.MASK;
        if (isNumeric) {
            return (Decimal) rows.references(column)[page][at];
        }
        double value =
                argument.type() == DataType.FLOAT4 ? rows.floats(column)[page][at] : rows.doubles(column)[page][at];
        return Double.isFinite(value) ? Decimal.of(new BigDecimal(value)) : Decimal.special(value);
    }
}
