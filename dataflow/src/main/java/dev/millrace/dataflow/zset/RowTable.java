package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of entries, found by their rows. The entries stand densely in one array, so that walking over them costs their number, even after
 * many have gone; a second array of positions is probed linearly. A few entries need none and are searched one by one: most tables
 * are the rows of one key. Structural changes during a walk are not allowed.
 */
public final class RowTable<E extends WeightedRow> {
    private static final int SEARCHED = 8;

    private @Nullable WeightedRow[] entries = new WeightedRow[1];
    private int size;
    /** Position + 1 of an entry, or 0 where free; empty while the entries are searched. */
    private int[] slots = new int[0];

    public int size() {
        return size;
    }

    /** The entry at a position below {@link #size}. */
    @SuppressWarnings("unchecked")
    public E entry(int position) {
        WeightedRow entry = entries[position];
        if (entry == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (E) entry;
    }

    public @Nullable E find(Row row) {
        if (slots.length > 0) {
            int position = slots[slotOf(row)];
            return position == 0 ? null : entry(position - 1);
        }
        for (int i = 0; i < size; i++) {
            E entry = entry(i);
            if (Row.identical(entry.row(), row)) {
                return entry;
            }
        }
        return null;
    }

    /** Adds an entry for a row that has none. */
    public void put(E entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size < SEARCHED ? size * 2 : size + (size >> 1));
        }
        entries[size++] = entry;
        if (size * 2 > slots.length && size > SEARCHED) {
            rehash(Integer.highestOneBit(size) << 2);
        } else if (slots.length > 0) {
            slots[slotOf(entry.row())] = size;
        }
    }

    /** Removes the entry of a row that has one. */
    public void remove(Row row) {
        int last = size - 1;
        int position = slots.length > 0 ? free(slotOf(row)) : search(row);
        if (position != last) {
            E moved = entry(last);
            if (slots.length > 0) {
                slots[slotOf(moved.row())] = position + 1;
            }
            entries[position] = moved;
        }
        entries[last] = null;
        size = last;
        if (slots.length > 0 && size * 16 < slots.length) {
            shrink();
        }
    }

    static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    private int search(Row row) {
        for (int i = 0; i < size; i++) {
            if (Row.identical(entry(i).row(), row)) {
                return i;
            }
        }
        throw new IllegalStateException("no entry for " + row);
    }

    /** The slot of the row's entry, or the free slot where it would be. */
    private int slotOf(Row row) {
        int mask = slots.length - 1;
        int slot = spread(row.hashCode()) & mask;
        while (slots[slot] != 0 && !Row.identical(entry(slots[slot] - 1).row(), row)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Frees a slot by moving those behind it closer to their home, so that no probe meets a gap. Returns the position it held. */
    private int free(int slot) {
        int position = slots[slot] - 1;
        int mask = slots.length - 1;
        int gap = slot;
        for (int next = (gap + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
            int home = spread(entry(slots[next] - 1).row().hashCode()) & mask;
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                slots[gap] = slots[next];
                gap = next;
            }
        }
        slots[gap] = 0;
        return position;
    }

    private void shrink() {
        entries = Arrays.copyOf(entries, Math.max(SEARCHED, size * 2));
        rehash(size <= SEARCHED / 2 ? 0 : Integer.highestOneBit(Math.max(size, 2)) << 2);
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        if (capacity > 0) {
            for (int i = 0; i < size; i++) {
                slots[slotOf(entry(i).row())] = i + 1;
            }
        }
    }
}
