package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;

/** An entry of a {@link RowTable}: a row and how often it is there. Operators extend it by what else they know of a row. */
public class WeightedRow {
    private final Row row;
    private long weight;

    public WeightedRow(Row row) {
        this.row = row;
    }

    public final Row row() {
        return row;
    }

    public final long weight() {
        return weight;
    }

    /**
     * Adds to the weight.
     *
     * @throws IllegalStateException if it would become negative: something retracted a row that was not there
     */
    public final void add(long change) {
        long sum = Math.addExact(weight, change);
        if (sum < 0) {
            throw new IllegalStateException(
                    "row " + row + " retracted " + -change + " times, but was there " + weight + " times");
        }
        weight = sum;
    }
}
