package dev.millrace.dataflow.store;

import dev.millrace.dataflow.zset.ZSet;
import java.util.Arrays;

/**
 * A change: positions of one store's rows, each with a weight that is not 0, positive for copies that come and negative for copies that go. The same row
 * may stand in it several times, but copies that go were there before the step, and copies that come are there after it, so that no sum on the way is negative. Whoever is given a batch only reads it, and only in the step in which it was given. The owner fills it anew each time.
 */
public final class Batch {
    private static final int INITIAL_CAPACITY = 16;

    private Store store;
    private int[] positions = new int[INITIAL_CAPACITY];
    private long[] weights = new long[INITIAL_CAPACITY];
    private int size;

    /** An empty change of this store's rows. */
    public Batch(Store store) {
        this.store = store;
    }

    public Store store() {
        return store;
    }

    /** The number of entries. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int position(int index) {
        return positions[index];
    }

    public long weight(int index) {
        return weights[index];
    }

    /** The positions themselves, the first {@link #size} of them; replaced when the batch grows. */
    public int[] positions() {
        return positions;
    }

    /** The weights themselves, as {@link #positions}. */
    public long[] weights() {
        return weights;
    }

    /** Adds this many copies of a row; of a weight of 0 nothing is kept. */
    public void append(int position, long weight) {
        if (weight != 0) {
            reserve(size + 1);
            positions[size] = position;
            weights[size++] = weight;
        }
    }

    /** Adds one copy of each of these rows. */
    public void appendAll(int[] rows, int count) {
        reserve(size + count);
        System.arraycopy(rows, 0, positions, size, count);
        Arrays.fill(weights, size, size + count, 1);
        size += count;
    }

    /** Removes all entries and turns to this store's rows. */
    public void reset(Store rows) {
        store = rows;
        size = 0;
    }

    /** Makes room for so many entries. */
    public void reserve(int entries) {
        if (entries > positions.length) {
            int capacity = Math.max(entries, positions.length * 2);
            positions = Arrays.copyOf(positions, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
    }

    /** Says how many entries were written to the arrays. */
    public void size(int entries) {
        size = entries;
    }

    /** The same change as row objects. */
    public ZSet toZSet() {
        ZSet rows = new ZSet(size);
        for (int i = 0; i < size; i++) {
            rows.append(store.row(positions[i]), weights[i]);
        }
        return rows;
    }
}
