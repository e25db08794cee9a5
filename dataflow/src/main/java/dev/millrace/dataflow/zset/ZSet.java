package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;
import java.util.Arrays;

/**
 * A batch of rows, each with a weight that is not 0: a change that adds (positive) and removes (negative) copies of rows. A row may stand in it
 * several times until it is {@linkplain #consolidate consolidated}; either way it means the same Z-set. Whoever is given a batch only
 * reads it. Not safe for use by several threads.
 */
public final class ZSet {
    private static final int INITIAL_CAPACITY = 8;

    private Row[] rows;
    private long[] weights;
    private int size;
    private boolean consolidated = true;

    public ZSet() {
        this(INITIAL_CAPACITY);
    }

    public ZSet(int capacity) {
        rows = new Row[capacity];
        weights = new long[capacity];
    }

    /** The number of entries. */
    public int size() {
        return size;
    }

    /** Whether there are no entries. A batch with entries may still mean the empty Z-set unless it is consolidated. */
    public boolean isEmpty() {
        return size == 0;
    }

    public Row row(int index) {
        return rows[index];
    }

    public long weight(int index) {
        return weights[index];
    }

    /** Adds this many copies of a row; of a weight of 0 nothing is kept. */
    public void append(Row row, long weight) {
        if (weight == 0) {
            return;
        }
        if (size == rows.length) {
            int capacity = Math.max(INITIAL_CAPACITY, size + (size >> 1));
            rows = Arrays.copyOf(rows, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
        rows[size] = row;
        weights[size++] = weight;
        consolidated = size == 1;
    }

    public void addAll(ZSet other) {
        for (int i = 0, count = other.size; i < count; i++) {
            append(other.rows[i], other.weights[i]);
        }
    }

    /** The inverse: added to this, it gives nothing. */
    public ZSet negate() {
        ZSet negation = new ZSet(size);
        for (int i = 0; i < size; i++) {
            negation.append(rows[i], Math.negateExact(weights[i]));
        }
        negation.consolidated = consolidated;
        return negation;
    }

    /**
     * Sums the weights of identical rows and drops those that come to 0, in expected linear time. The others keep the order of
     * their first arrival. Returns this.
     */
    public ZSet consolidate() {
        if (!consolidated) {
            sumIdenticalRows();
            dropZeros();
            consolidated = true;
        }
        return this;
    }

    private void sumIdenticalRows() {
        int[] slots = new int[Integer.highestOneBit(Math.max(size, 2)) << 2];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = spread(rows[i].hashCode()) & mask;
            while (slots[slot] != 0 && !Row.identical(rows[slots[slot] - 1], rows[i])) {
                slot = (slot + 1) & mask;
            }
            if (slots[slot] == 0) {
                slots[slot] = i + 1;
            } else {
                int first = slots[slot] - 1;
                weights[first] = Math.addExact(weights[first], weights[i]);
                weights[i] = 0;
            }
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    private void dropZeros() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (weights[i] != 0) {
                rows[kept] = rows[i];
                weights[kept++] = weights[i];
            }
        }
        Arrays.fill(rows, kept, size, null);
        size = kept;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(rows[i]).append(": ").append(weights[i]);
        }
        return text.append('}').toString();
    }
}
