package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Correlation, covariance and linear regression of pairs {@code (y, x)} of float8 numbers, from exact sums of the numbers, of their squares and of their products. Pairs with a null do not count. */
final class Regression implements Accumulator {
    private static final int SUMS = 5;

    private final PairMoments moments;
    private final Argument y;
    private final Argument x;
    private final int counts;
    /** The first of the columns of the sums: of x, y, x², y², xy. */
    private final int sums;

    private final int tallyX;
    private final int tallyY;
    private final Present present;

    Regression(PairMoments moments, Argument y, Argument x, int first) {
        this.moments = moments;
        this.y = y;
        this.x = x;
        this.counts = first;
        this.sums = first + 1;
        this.tallyX = sums + SUMS;
        this.tallyY = tallyX + 1;
        this.present = new Present(y);
    }

    @Override
    public List<DataType> state() {
        return List.of(
                DataType.INT8,
                DataType.NUMERIC,
                DataType.NUMERIC,
                DataType.NUMERIC,
                DataType.NUMERIC,
                DataType.NUMERIC,
                DataType.BYTEA,
                DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        Store rows = change.store();
        Argument.Presence others = x.in(rows);
        double[][] ys = rows.doubles(y.required());
        double[][] xs = rows.doubles(x.required());
        long[][] countPages = state.longs(counts);
        ExactSums[] totals = totals(state);
        for (int i = 0; i < count; i++) {
            int slot = present.slots()[i];
            if (others.has(slot)) {
                int group = present.groups()[i];
                long weight = present.weights()[i];
                long[] page = countPages[group >>> Pages.SHIFT];
                page[group & Pages.MASK] = Math.addExact(page[group & Pages.MASK], weight);
                double left = xs[slot >>> Pages.SHIFT][slot & Pages.MASK];
                double right = ys[slot >>> Pages.SHIFT][slot & Pages.MASK];
                BigDecimal exactX = exact(state, tallyX, group, left, weight);
                BigDecimal exactY = exact(state, tallyY, group, right, weight);
                totals[0].add(group, exactX, weight);
                totals[1].add(group, exactY, weight);
                totals[2].add(group, exactX.multiply(exactX), weight);
                totals[3].add(group, exactY.multiply(exactY), weight);
                totals[4].add(group, exactX.multiply(exactY), weight);
            }
        }
    }

    /** The number, or zero for one that is none, which is counted. */
    private static BigDecimal exact(Store state, int tally, int group, double number, long weight) {
        if (Double.isFinite(number)) {
            return new BigDecimal(number);
        }
        new Tallies(state, tally).addSpecial(group, number, weight);
        return BigDecimal.ZERO;
    }

    private ExactSums[] totals(Store state) {
        ExactSums[] totals = new ExactSums[SUMS];
        for (int i = 0; i < SUMS; i++) {
            totals[i] = new ExactSums(state, sums + i);
        }
        return totals;
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        ExactSums[] totals = totals(state);
        Tallies specialsX = new Tallies(state, tallyX);
        Tallies specialsY = new Tallies(state, tallyY);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long pairs = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (moments == PairMoments.COUNT) {
                output.longs(column)[result >>> Pages.SHIFT][result & Pages.MASK] = pairs;
                continue;
            }
            PairMoments.Sums all = new PairMoments.Sums(
                    pairs,
                    totals[0].get(slot),
                    totals[1].get(slot),
                    totals[2].get(slot),
                    totals[3].get(slot),
                    totals[4].get(slot),
                    special(specialsX, slot),
                    special(specialsY, slot));
            Double value = moments.of(all);
            if (value == null) {
                output.setNull(result, column);
            } else {
                output.doubles(column)[result >>> Pages.SHIFT][result & Pages.MASK] = value;
            }
        }
    }

    private static @Nullable Decimal special(Tallies tallies, int slot) {
        return tallies.hasSpecials(slot) ? Decimal.special(tallies.specialSum(slot)) : null;
    }
}
