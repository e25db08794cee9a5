package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.IntervalMath;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Objects;

/**
 * {@code percentile_disc}: the first value up to which, in order, at least a fraction of the values lie; {@code percentile_cont}: what lies at that fraction of the way from the first value to the last, between
 * two of them if need be. Both are found by their ranks in O(log n).
 */
final class Percentile implements Accumulator {
    private final boolean continuous;
    private final double fraction;
    private final DataType type;
    private final OrderedValues values;
    private final OrderedCursor cursor;
    private final boolean isOwner;
    private int[] found = new int[0];

    /**
     * @param values which count their copies
     * @param isOwner as for {@link Extreme}
     */
    Percentile(boolean continuous, double fraction, DataType type, OrderedValues values, boolean isOwner) {
        this.continuous = continuous;
        this.fraction = fraction;
        this.type = type;
        this.values = values;
        this.cursor = values.cursor();
        this.isOwner = isOwner;
    }

    @Override
    public boolean mayFail() {
        return continuous && type == DataType.INTERVAL;
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
            int group = state.slot(groups[i]);
            found[i] = at(group, firstRank(values.count(group)));
        }
        ColumnCopy.copy(values.store(), GroupedValues.VALUE, found, count, output, column, outputs);
        for (int i = 0; continuous && i < count; i++) {
            int group = state.slot(groups[i]);
            double rank = fraction * (values.count(group) - 1);
            if (rank > 0 && rank > Math.floor(rank)) {
                interpolate(
                        found[i],
                        at(group, (long) Math.ceil(rank)),
                        rank - Math.floor(rank),
                        output,
                        column,
                        output.slot(outputs[i]));
            }
        }
    }

    private long firstRank(long count) {
        return continuous
                ? (long) Math.floor(fraction * (count - 1))
                : Math.max((long) Math.ceil(fraction * count) - 1, 0);
    }

    /** The position of the value of a rank, or -1 if the group has none. */
    private int at(int group, long rank) {
        return values.count(group) > 0 && cursor.seek(group, rank) ? cursor.position() : -1;
    }

    private void interpolate(int low, int high, double proportion, Store output, int column, int result) {
        Store store = values.store();
        if (type == DataType.FLOAT8) {
            double from = (double) Objects.requireNonNull(store.get(low, GroupedValues.VALUE));
            double to = (double) Objects.requireNonNull(store.get(high, GroupedValues.VALUE));
            output.doubles(column)[result >>> Pages.SHIFT][result & Pages.MASK] = from + proportion * (to - from);
            return;
        }
        Interval from = (Interval) Objects.requireNonNull(store.get(low, GroupedValues.VALUE));
        Interval to = (Interval) Objects.requireNonNull(store.get(high, GroupedValues.VALUE));
        try {
            output.references(column)[result >>> Pages.SHIFT][result & Pages.MASK] =
                    IntervalMath.add(IntervalMath.multiply(IntervalMath.subtract(to, from), proportion), from);
        } catch (ArithmeticException e) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "interval out of range");
        }
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
