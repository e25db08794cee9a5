package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;

/** The hashes of some columns of rows: rows that SQL's {@code =} holds equal in them have equal ones. Without state. */
public abstract class RowHash {
    /** The hash of a key that matches nothing, since it has a NULL where NULL matches nothing. No other key has it. */
    public static final int UNMATCHED = 0;

    /** For generated code. */
    protected RowHash() {}

    public abstract void hash(Store rows, int[] positions, int count, int[] hashes);

    /** Mixes a value into a hash. */
    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }

    /** The hash of a key from that of its values. */
    static int finish(long hash) {
        long mixed = hash * 0xD6E8FEB86659FD93L;
        int folded = (int) (mixed >>> 32);
        return folded == UNMATCHED ? 1 : folded;
    }
}
