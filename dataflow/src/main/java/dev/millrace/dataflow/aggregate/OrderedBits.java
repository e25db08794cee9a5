package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Carrier;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;

/**
 * The values of a column of primitives that an aggregate takes, as unsigned numbers of 64 bits that are in the values' exact order, or in its reverse: one loop serves all types. Floats
 * are ordered as {@link Double#compare} has them.
 */
final class OrderedBits {
    private final int column;
    private final Carrier carrier;
    /** What turns a signed number into the unsigned one of the same place in the order. */
    private final long mask;

    private final Present present;
    private long[] values = new long[0];

    OrderedBits(Argument argument, boolean reversed) {
        this.column = argument.required();
        this.carrier = Carrier.of(argument.type());
        this.mask = reversed ? Long.MAX_VALUE : Long.MIN_VALUE;
        this.present = new Present(argument);
    }

    /** As {@link Present#select}. */
    int select(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        if (values.length < count) {
            values = new long[Math.max(count, values.length * 2)];
        }
        int[] slots = present.slots();
        Store rows = change.store();
        switch (carrier) {
            case BYTE -> gather(rows.bytes(column), slots, count);
            case SHORT -> gather(rows.shorts(column), slots, count);
            case INT -> gather(rows.ints(column), slots, count);
            case LONG -> gather(rows.longs(column), slots, count);
            case FLOAT -> gather(rows.floats(column), slots, count);
            case DOUBLE -> gather(rows.doubles(column), slots, count);
            case REFERENCE -> throw new IllegalStateException("not primitive: column " + column);
        }
        return count;
    }

    long[] values() {
        return values;
    }

    int[] groups() {
        return present.groups();
    }

    long[] weights() {
        return present.weights();
    }

    /** Writes the value of such a number to a column of a new row. */
    void write(long value, Store output, int resultColumn, int slot) {
        int page = slot >>> Pages.SHIFT;
        int at = slot & Pages.MASK;
        long number = value ^ mask;
        switch (carrier) {
            case BYTE -> output.bytes(resultColumn)[page][at] = (byte) number;
            case SHORT -> output.shorts(resultColumn)[page][at] = (short) number;
            case INT -> output.ints(resultColumn)[page][at] = (int) number;
            case LONG -> output.longs(resultColumn)[page][at] = number;
            case FLOAT -> output.floats(resultColumn)[page][at] = (float) Double.longBitsToDouble(ordered(number));
            case DOUBLE -> output.doubles(resultColumn)[page][at] = Double.longBitsToDouble(ordered(number));
            case REFERENCE -> throw new IllegalStateException("not primitive: column " + column);
        }
    }

    /** Of negative floats, whose bits are in the reverse order, all but the sign turned over; and back. */
    private static long ordered(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    private void gather(byte[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK] ^ mask;
        }
    }

    private void gather(short[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK] ^ mask;
        }
    }

    private void gather(int[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK] ^ mask;
        }
    }

    private void gather(long[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK] ^ mask;
        }
    }

    private void gather(float[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            double value = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
            values[i] = ordered(Double.doubleToLongBits(value)) ^ mask;
        }
    }

    private void gather(double[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            double value = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
            values[i] = ordered(Double.doubleToLongBits(value)) ^ mask;
        }
    }
}
