package dev.millrace.dataflow.operator;

import java.util.Arrays;

/** Positions with weights, gathered while an operator runs; grows and is used again. */
final class Entries {
    private int[] positions = new int[16];
    private long[] weights = new long[16];
    private int size;

    int size() {
        return size;
    }

    int[] positions() {
        return positions;
    }

    long[] weights() {
        return weights;
    }

    void clear() {
        size = 0;
    }

    void add(int position, long weight) {
        reserve(size + 1);
        positions[size] = position;
        weights[size++] = weight;
    }

    /** Makes room for so many, and says that they are there. */
    void size(int entries) {
        reserve(entries);
        size = entries;
    }

    private void reserve(int entries) {
        if (entries > positions.length) {
            int capacity = Math.max(entries, positions.length * 2);
            positions = Arrays.copyOf(positions, capacity);
            weights = Arrays.copyOf(weights, capacity);
        }
    }
}
