package dev.millrace.dataflow.index;

import java.util.Arrays;

/** The rows of a key with many: positions in one array, without gaps. */
public final class Segment {
    private int[] positions = new int[KeyIndex.LONG_CHAIN * 2];
    private int size;
    private boolean identified;

    Segment() {}

    public int size() {
        return size;
    }

    public int position(int index) {
        return positions[index];
    }

    /** Whether its rows are in the index of identical rows. */
    boolean isIdentified() {
        return identified;
    }

    void identified() {
        identified = true;
    }

    /** Adds a row and returns its index. */
    int add(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size + (size >> 1));
        }
        positions[size] = position;
        return size++;
    }

    /** Removes the row at an index. The last takes its place and is returned, or -1 if it was the last itself. */
    int remove(int index) {
        size--;
        if (index == size) {
            return -1;
        }
        positions[index] = positions[size];
        return positions[index];
    }

    long memoryBytes() {
        return (long) positions.length * Integer.BYTES;
    }
}
