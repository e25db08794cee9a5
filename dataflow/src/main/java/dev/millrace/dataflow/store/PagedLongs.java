package dev.millrace.dataflow.store;

import java.util.Arrays;

/** One {@code long} for each slot of a store, beside its columns, on pages as they are; 0 where nothing was set. */
public final class PagedLongs {
    private long[][] pages = new long[1][];
    private int present;
    /** All slots before this one have room. */
    private int room;

    /** All 0. */
    public PagedLongs() {}

    public long get(int slot) {
        int page = slot >>> Pages.SHIFT;
        if (page >= pages.length || pages[page] == null) {
            return 0;
        }
        int index = slot & Pages.MASK;
        return index < pages[page].length ? pages[page][index] : 0;
    }

    public void set(int slot, long value) {
        int page = slot >>> Pages.SHIFT;
        int index = slot & Pages.MASK;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null || index >= pages[page].length) {
            grow(page, index);
        }
        pages[page][index] = value;
    }

    /** Makes room for all slots before this one, so that several threads can {@link #set} those of different slots. */
    public void reserve(int slots) {
        for (int slot = slots - 1; slot >= 0; slot = (slot & ~Pages.MASK) - 1) {
            int page = slot >>> Pages.SHIFT;
            if (page >= pages.length || pages[page] == null || pages[page].length <= (slot & Pages.MASK)) {
                set(slot, 0);
            }
        }
    }

    /** The elements themselves, as a column's are, with room for all slots before this one. */
    public long[][] pages(int slots) {
        if (slots > room) {
            reserve(slots);
            room = slots <= Pages.ROWS ? pages[0].length : Pages.count(slots) << Pages.SHIFT;
        }
        return pages;
    }

    public long memoryBytes() {
        return (long) present * Long.BYTES;
    }

    private void grow(int page, int index) {
        int before = pages[page] == null ? 0 : pages[page].length;
        int capacity = page > 0 ? Pages.ROWS : Math.max(Pages.FIRST_ROWS, Integer.highestOneBit(index) << 1);
        pages[page] = before == 0 ? new long[capacity] : Arrays.copyOf(pages[page], capacity);
        present += capacity - before;
    }
}
