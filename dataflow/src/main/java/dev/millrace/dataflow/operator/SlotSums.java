package dev.millrace.dataflow.operator;

import java.util.Arrays;

/** Sums by slot for the length of one batch: a hash table of the batch's size, not of the store's. */
final class SlotSums {
    /** Slots + 1, 0 where free. */
    private int[] slots = new int[16];

    private long[] sums = new long[16];
    private int mask = 15;

    /** Forgets all sums and makes room for so many slots. */
    void reset(int count) {
        int capacity = Integer.highestOneBit(Math.max(count, 8)) << 2;
        if (capacity > slots.length) {
            slots = new int[capacity];
            sums = new long[capacity];
        } else {
            Arrays.fill(slots, 0, capacity, 0);
        }
        mask = capacity - 1;
    }

    void add(int slot, long change) {
        int at = find(slot);
        if (slots[at] == 0) {
            slots[at] = slot + 1;
            sums[at] = 0;
        }
        sums[at] = Math.addExact(sums[at], change);
    }

    /** The sum of a slot, which is 0 from then on. */
    long take(int slot) {
        int at = find(slot);
        long sum = slots[at] == 0 ? 0 : sums[at];
        sums[at] = 0;
        return sum;
    }

    private int find(int slot) {
        int at = ((slot * 0x9E3779B9) >>> 7) & mask;
        while (slots[at] != 0 && slots[at] != slot + 1) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
