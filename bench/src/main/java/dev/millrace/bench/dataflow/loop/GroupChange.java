package dev.millrace.bench.dataflow.loop;

/** A change to the result of a {@link GroupByLoop}, column by column. */
final class GroupChange {
    final long[] keys;
    final long[] counts;
    final long[] sums;
    final byte[] weights;
    private int size;

    GroupChange(int capacity) {
        keys = new long[capacity];
        counts = new long[capacity];
        sums = new long[capacity];
        weights = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void add(long key, long count, long sum, int weight) {
        int position = size++;
        keys[position] = key;
        counts[position] = count;
        sums[position] = sum;
        weights[position] = (byte) weight;
    }
}
