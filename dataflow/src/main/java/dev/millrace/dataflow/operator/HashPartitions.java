package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Batch;
import java.util.Arrays;

/**
 * The entries of a large change, put together by the upper bits of their keys' hashes. Entries of one key come into one part, in their order; what the entries of a part lead to
 * stands closer together than what those of the whole do, and stays in the caches while the part is worked on.
 */
final class HashPartitions {
    private static final int ENTRIES_PER_PART = 1024;
    private static final int MOST_BITS = 8;

    private int[] positions = new int[0];
    private long[] weights = new long[0];
    private int[] partHashes = new int[0];
    private int[] ends = new int[0];
    private int parts;

    /** Splits a change by the hashes of its entries. */
    void split(Batch change, int[] hashes) {
        int size = change.size();
        int bits = Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(size / ENTRIES_PER_PART), 1, MOST_BITS);
        int shift = Integer.SIZE - bits;
        parts = 1 << bits;
        reserve(size);
        Arrays.fill(ends, 0, parts, 0);
        for (int i = 0; i < size; i++) {
            ends[hashes[i] >>> shift]++;
        }
        int start = 0;
        for (int part = 0; part < parts; part++) {
            int count = ends[part];
            ends[part] = start;
            start += count;
        }
        int[] from = change.positions();
        long[] changes = change.weights();
        for (int i = 0; i < size; i++) {
            int at = ends[hashes[i] >>> shift]++;
            positions[at] = from[i];
            weights[at] = changes[i];
            partHashes[at] = hashes[i];
        }
    }

    /** The number of parts, some of them perhaps empty. */
    int parts() {
        return parts;
    }

    /** Where a part begins, and the one before it ends. */
    int start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    /** Copies some entries to a batch of the same rows, and their hashes. */
    void copy(int from, int count, Batch target, int[] hashes) {
        target.reserve(count);
        System.arraycopy(positions, from, target.positions(), 0, count);
        System.arraycopy(weights, from, target.weights(), 0, count);
        target.size(count);
        System.arraycopy(partHashes, from, hashes, 0, count);
    }

    private void reserve(int size) {
        if (positions.length < size) {
            positions = new int[Math.max(size, positions.length * 2)];
            weights = new long[positions.length];
            partHashes = new int[positions.length];
        }
        if (ends.length < parts) {
            ends = new int[1 << MOST_BITS];
        }
    }
}
