package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code bit_and}, {@code bit_or} and {@code bit_xor} of integers, by how many values have each bit. The counts of all bits are kept as vertical counters: bit {@code b} of plane {@code k} is digit
 * {@code k} of how many values have bit {@code b}, so a value comes or goes in O(log n) operations on words. A conjunction has the bits whose counts are that of the values, a disjunction those
 * whose counts are not 0, and plane 0 are the bits that an odd number of values has.
 *
 * <p>The planes stand in a bytea column, 8 bytes each, null if there are none.
 */
final class Bits implements Accumulator {
    private final AggregateKind kind;
    private final DataType type;
    private final int counts;
    private final int planes;
    private final Integers integers;

    Bits(AggregateKind kind, Argument argument, int first) {
        this.kind = kind;
        this.type = argument.type();
        this.counts = first;
        this.planes = first + 1;
        this.integers = new Integers(argument);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of(DataType.INT8, DataType.BYTEA);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        int count = integers.select(change, groupOf, state);
        long[][] countPages = state.longs(counts);
        @Nullable Object[][] planePages = state.references(planes);
        for (int i = 0; i < count; i++) {
            int group = integers.groups()[i];
            long weight = integers.weights()[i];
            long[] page = countPages[group >>> Pages.SHIFT];
            page[group & Pages.MASK] = Math.addExact(page[group & Pages.MASK], weight);
            if (integers.values()[i] != 0 && weight != 0) {
                @Nullable Object[] planesPage = planePages[group >>> Pages.SHIFT];
                long[] added = added(planes(planesPage[group & Pages.MASK]), integers.values()[i], weight);
                planesPage[group & Pages.MASK] = written(added);
            }
        }
    }

    /** The counters with so many copies of a value more, or fewer. */
    private static long[] added(long[] before, long value, long weight) {
        long copies = Math.abs(weight);
        long[] after = before;
        for (int digit = 0; copies >>> digit != 0; digit++) {
            long carry = ((copies >>> digit) & 1) == 0 ? 0 : value;
            for (int plane = digit; carry != 0; plane++) {
                if (plane >= after.length) {
                    Validation.require(weight > 0, "a value was taken back that was not given");
                    after = Arrays.copyOf(after, plane + 1);
                }
                long old = after[plane];
                after[plane] = old ^ carry;
                carry &= weight > 0 ? old : ~old;
            }
        }
        return after;
    }

    private static long[] planes(@Nullable Object column) {
        if (!(column instanceof Bytes bytes)) {
            return new long[0];
        }
        long[] planes = new long[bytes.array().length / Long.BYTES];
        ByteBuffer.wrap(bytes.array()).asLongBuffer().get(planes);
        return planes;
    }

    private static @Nullable Bytes written(long[] planes) {
        int size = planes.length;
        while (size > 0 && planes[size - 1] == 0) {
            size--;
        }
        if (size == 0) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size * Long.BYTES);
        buffer.asLongBuffer().put(planes, 0, size);
        return new Bytes(buffer.array());
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        long[][] countPages = state.longs(counts);
        @Nullable Object[][] planePages = state.references(planes);
        for (int i = 0; i < count; i++) {
            int slot = state.slot(groups[i]);
            int result = output.slot(outputs[i]);
            long values = countPages[slot >>> Pages.SHIFT][slot & Pages.MASK];
            if (values == 0) {
                output.setNull(result, column);
                continue;
            }
            long bits = bits(values, planes(planePages[slot >>> Pages.SHIFT][slot & Pages.MASK]));
            int page = result >>> Pages.SHIFT;
            int at = result & Pages.MASK;
            switch (type) {
                case INT2 -> output.shorts(column)[page][at] = (short) bits;
                case INT4 -> output.ints(column)[page][at] = (int) bits;
                default -> output.longs(column)[page][at] = bits;
            }
        }
    }

    private long bits(long values, long[] counters) {
        if (kind == AggregateKind.BIT_XOR) {
            return counters.length == 0 ? 0 : counters[0];
        }
        long some = 0;
        long notAll = 0;
        for (int plane = 0; plane < counters.length || values >>> plane != 0; plane++) {
            long digits = plane < counters.length ? counters[plane] : 0;
            some |= digits;
            notAll |= digits ^ -((values >>> plane) & 1);
        }
        return kind == AggregateKind.BIT_AND ? ~notAll : some;
    }
}
