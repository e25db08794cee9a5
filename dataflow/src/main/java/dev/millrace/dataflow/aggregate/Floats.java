package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;

/** The values of a float4 or float8 column that an aggregate takes, widened, as {@link Integers} are. */
final class Floats {
    private final Argument argument;
    private final Present present;
    private double[] values = new double[0];

    Floats(Argument argument) {
        this.argument = argument;
        this.present = new Present(argument);
    }

    /** As {@link Present#select}. */
    int select(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        if (values.length < count) {
            values = new double[Math.max(count, values.length * 2)];
        }
        int[] slots = present.slots();
        if (argument.type() == DataType.FLOAT4) {
            widen(change.store().floats(argument.required()), slots, count);
        } else {
            gather(change.store().doubles(argument.required()), slots, count);
        }
        return count;
    }

    double[] values() {
        return values;
    }

    int[] groups() {
        return present.groups();
    }

    long[] weights() {
        return present.weights();
    }

    private void widen(float[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
        }
    }

    private void gather(double[][] pages, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = pages[slots[i] >>> Pages.SHIFT][slots[i] & Pages.MASK];
        }
    }
}
