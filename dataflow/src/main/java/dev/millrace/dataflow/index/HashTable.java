package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.HashSlots;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.store.Store;
import java.util.function.IntConsumer;

/**
 * Positions by the hashes of their keys, one for each key. Expected O(1) for every call, and no call ever stalls for the table to grow:
 *
 * <p>It is an extendible hash table (Fagin et al., <i>Extendible hashing</i>, 1979). The upper bits of a hash choose a segment by way of a directory, the lower
 * ones a slot in it, probed linearly. A segment that is three quarters full doubles, and once it has {@link #SEGMENT_SLOTS} it splits in two by the next bit of
 * the hashes; the directory, of 4 bytes a segment, doubles when a segment needs a bit more than it has. Slots hold the hash, so neither reads a row.
 */
public final class HashTable implements HashSlots {
    private static final int FIRST_SLOTS = 8;
    private static final int SEGMENT_SLOTS = 4096;
    /** With fewer keys a segment on average, the hashes are too alike for the directory to help. */
    private static final int SPARSEST_SEGMENT = 64;

    private Segment[] directory = {new Segment(FIRST_SLOTS, 0)};
    /** How many bits of a hash the directory is indexed by. */
    private int depth;

    private int size;

    /** An empty table. */
    public HashTable() {}

    /** Keys whose hashes have the same upper bits. */
    private static final class Segment {
        private long[] slots;
        private int used;
        /** How many bits of their hashes are the same. */
        private final int depth;

        Segment(int capacity, int depth) {
            this.slots = new long[capacity];
            this.depth = depth;
        }

        void add(long entry) {
            int mask = slots.length - 1;
            int slot = hash(entry) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = entry;
            used++;
        }

        void grow() {
            long[] old = slots;
            slots = new long[old.length * 2];
            used = 0;
            for (long entry : old) {
                if (entry != 0) {
                    add(entry);
                }
            }
        }

        int slotOf(long entry) {
            int mask = slots.length - 1;
            int slot = hash(entry) & mask;
            while (slots[slot] != entry) {
                if (slots[slot] == 0) {
                    throw new IllegalStateException("no entry of position " + position(entry));
                }
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        /** Frees a slot by moving those behind it closer to their home, so that no probe meets a gap. */
        void remove(long entry) {
            int mask = slots.length - 1;
            int gap = slotOf(entry);
            for (int next = (gap + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
                int home = hash(slots[next]) & mask;
                if (((next - home) & mask) >= ((next - gap) & mask)) {
                    slots[gap] = slots[next];
                    gap = next;
                }
            }
            slots[gap] = 0;
            used--;
        }
    }

    /** The number of keys. */
    public int size() {
        return size;
    }

    @Override
    public long[] slots(int hash) {
        return directory[index(hash)].slots;
    }

    /** Adds a key that is not there. */
    public void add(int hash, int position) {
        Segment segment = directory[index(hash)];
        while ((segment.used + 1) * 4 > segment.slots.length * 3) {
            if (segment.slots.length < SEGMENT_SLOTS) {
                segment.grow();
            } else {
                split(segment, hash);
                segment = directory[index(hash)];
            }
        }
        segment.add(entry(hash, position));
        size++;
    }

    /** Removes a key that is there with this position. */
    public void remove(int hash, int position) {
        directory[index(hash)].remove(entry(hash, position));
        size--;
    }

    /** Gives a key that is there with one position another. */
    public void replace(int hash, int position, int replacement) {
        Segment segment = directory[index(hash)];
        segment.slots[segment.slotOf(entry(hash, position))] = entry(hash, replacement);
    }

    /** The position of the row that matches one of another store, or -1. For many rows there is {@link RowMatch#find}. */
    public int find(int hash, RowMatch match, Store left, int leftPosition, Store right) {
        if (hash == RowHash.UNMATCHED) {
            return -1;
        }
        long[] slots = slots(hash);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (hash(slots[slot]) == hash && match.matches(left, leftPosition, right, position(slots[slot]))) {
                return position(slots[slot]);
            }
        }
        return -1;
    }

    /** Gives all positions, in no order. */
    public void forEach(IntConsumer consumer) {
        Segment last = null;
        for (Segment segment : directory) {
            if (!segment.equals(last)) {
                for (long entry : segment.slots) {
                    if (entry != 0) {
                        consumer.accept(position(entry));
                    }
                }
            }
            last = segment;
        }
    }

    /** The memory that it takes. */
    public long memoryBytes() {
        long slots = 0;
        Segment last = null;
        for (Segment segment : directory) {
            if (!segment.equals(last)) {
                slots += segment.slots.length;
            }
            last = segment;
        }
        return slots * Long.BYTES + directory.length * (long) Integer.BYTES;
    }

    private int index(int hash) {
        return depth == 0 ? 0 : hash >>> (Integer.SIZE - depth);
    }

    private void split(Segment full, int hash) {
        boolean doubles = full.depth == depth;
        if (doubles && directory.length > Math.max(SEGMENT_SLOTS, size / SPARSEST_SEGMENT)) {
            // Thousands of keys of one hash: no more bits would part them.
            full.grow();
            return;
        }
        if (doubles) {
            Segment[] doubled = new Segment[directory.length * 2];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i / 2];
            }
            directory = doubled;
            depth++;
        }
        Segment lower = new Segment(full.slots.length, full.depth + 1);
        Segment upper = new Segment(full.slots.length, full.depth + 1);
        for (long entry : full.slots) {
            if (entry != 0) {
                boolean isUpper = ((hash(entry) >>> (Integer.SIZE - 1 - full.depth)) & 1) != 0;
                (isUpper ? upper : lower).add(entry);
            }
        }
        int span = 1 << (depth - full.depth);
        int first = index(hash) & -span;
        for (int i = 0; i < span; i++) {
            directory[first + i] = i < span / 2 ? lower : upper;
        }
    }

    private static long entry(int hash, int position) {
        return ((long) hash << Integer.SIZE) | (position + 1L);
    }

    private static int hash(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int position(long entry) {
        return (int) entry - 1;
    }
}
