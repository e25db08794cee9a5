package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Store;

/** Whether rows of one layout match rows of another in some columns, NULL matching NULL. Without state. */
public abstract class RowMatch {
    /** Of a row that does not match after all. */
    public static final int COLLISION = -2;

    /** For generated code. */
    protected RowMatch() {}

    public abstract boolean matches(Store left, int leftPosition, Store right, int rightPosition);

    /**
     * Looks many rows up in a table of the right layout's rows: {@code found[i]} becomes the position there of the row that the {@code i}th matches, or
     * -1 if there is none or its hash is {@link RowHash#UNMATCHED}.
     *
     * <p>The slots of all rows are read first, and then the rows that their hashes lead to, so that the processor waits for many of them at once.
     */
    public final void find(
            Store left, int[] leftPositions, int[] hashes, int count, HashSlots table, Store right, int[] found) {
        for (int i = 0; i < count; i++) {
            found[i] = probe(table.slots(hashes[i]), hashes[i]);
        }
        if (verify(left, leftPositions, right, found, count) == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (found[i] == COLLISION) {
                found[i] = findCollided(left, leftPositions[i], table.slots(hashes[i]), hashes[i], right);
            }
        }
    }

    /**
     * Compares rows one by one with those that were found for them, of which -1 stands for none. Makes {@link #COLLISION} of each whose row does not match, and returns how many they
     * are.
     */
    public abstract int verify(Store left, int[] leftPositions, Store right, int[] found, int count);

    /** The first position in the slots with this hash. */
    private static int probe(long[] slots, int hash) {
        if (hash == RowHash.UNMATCHED) {
            return -1;
        }
        int mask = slots.length - 1;
        int slot = hash & mask;
        long entry = slots[slot];
        while (entry != 0 && (int) (entry >>> Integer.SIZE) != hash) {
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return (int) entry - 1;
    }

    private int findCollided(Store left, int leftPosition, long[] slots, int hash, Store right) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int position = (int) slots[slot] - 1;
            if ((int) (slots[slot] >>> Integer.SIZE) == hash && matches(left, leftPosition, right, position)) {
                return position;
            }
        }
        return -1;
    }
}
