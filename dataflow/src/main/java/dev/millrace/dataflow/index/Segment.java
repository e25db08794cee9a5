package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of a key with many: positions in one array, without gaps. From the first search on, with a table of them by all their values. */
public final class Segment {
    private final Store store;
    private int[] positions = new int[KeyIndex.LONG_CHAIN * 2];
    private int size;
    private @Nullable KeyIndex identities;
    private @Nullable RowHash identityHash;
    private final int[] one = new int[1];
    private final int[] hash = new int[1];

    Segment(Store store) {
        this.store = store;
    }

    public int size() {
        return size;
    }

    public int position(int index) {
        return positions[index];
    }

    /** Adds a row and returns its index. */
    int add(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size + (size >> 1));
        }
        positions[size] = position;
        if (identities != null) {
            identities.add(identityHash(store, position), position);
        }
        return size++;
    }

    /** Removes the row at an index. The last takes its place and is returned, or -1 if it was the last itself. */
    int remove(int index) {
        if (identities != null) {
            identities.remove(identityHash(store, positions[index]), positions[index]);
        }
        size--;
        if (index == size) {
            return -1;
        }
        positions[index] = positions[size];
        return positions[index];
    }

    /** A row that is identical to one of a store of the same layout, or -1. */
    int find(RowHash hashing, RowMatch identical, Store rows, int position) {
        if (identities == null) {
            identityHash = hashing;
            identities = new KeyIndex(store, identical);
            for (int i = 0; i < size; i++) {
                identities.add(identityHash(store, positions[i]), positions[i]);
            }
        }
        return identities.heads().find(identityHash(rows, position), identical, rows, position, store);
    }

    long memoryBytes() {
        return (long) positions.length * Integer.BYTES + (identities == null ? 0 : identities.memoryBytes());
    }

    private int identityHash(Store rows, int position) {
        if (identityHash == null) {
            throw new IllegalStateException("no table");
        }
        one[0] = position;
        identityHash.hash(rows, one, 1, hash);
        return hash[0];
    }
}
