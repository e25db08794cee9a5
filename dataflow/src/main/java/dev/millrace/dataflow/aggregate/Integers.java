package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;

/** The values of an int2, int4 or int8 column that an aggregate takes, widened: what is done with them needs one loop instead of three. */
final class Integers {
    private final Argument argument;
    private final Present present;
    private long[] values = new long[0];

    Integers(Argument argument) {
        this.argument = argument;
        this.present = new Present(argument);
    }

    static boolean are(DataType type) {
        return type == DataType.INT2 || type == DataType.INT4 || type == DataType.INT8;
    }

    /** As {@link Present#select}. */
    int select(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        if (values.length < count) {
            values = new long[Math.max(count, values.length * 2)];
        }
        int[] slots = present.slots();
        Store rows = change.store();
        switch (argument.type()) {
            case INT2 -> widen(rows.shorts(argument.required()), slots, count);
            case INT4 -> widen(rows.ints(argument.required()), slots, count);
            case INT8 -> gather(rows.longs(argument.required()), slots, count);
            default -> throw new IllegalStateException("not integers: " + argument);
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

    private void widen(short[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
        }
    }

    private void widen(int[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
        }
    }

    private void gather(long[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
        }
    }
}
