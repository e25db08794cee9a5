package dev.millrace.dataflow.store;

import java.util.Arrays;

/** One bit for each slot of a store, on pages as its columns are. Bits of pages that are not there are 0. */
public final class PagedBits {
    private static final int WORDS = Pages.ROWS >>> 6;

    private long[][] pages;

    /** All 0. */
    public PagedBits() {
        this(new long[1][]);
    }

    private PagedBits(long[][] pages) {
        this.pages = pages;
    }

    /** The bits themselves: bit {@code slot & 63} of word {@code (slot & MASK) >>> 6} of a page. */
    long[][] pages() {
        return pages;
    }

    public boolean get(int slot) {
        int page = slot >>> Pages.SHIFT;
        return page < pages.length
                && pages[page] != null
                && ((pages[page][(slot & Pages.MASK) >>> 6] >>> slot) & 1) != 0;
    }

    public void set(int slot) {
        page(slot >>> Pages.SHIFT)[(slot & Pages.MASK) >>> 6] |= 1L << slot;
    }

    public void clear(int slot) {
        page(slot >>> Pages.SHIFT)[(slot & Pages.MASK) >>> 6] &= ~(1L << slot);
    }

    /** Sets the bits from one slot to before another. */
    void set(int from, int to) {
        int slot = from;
        while (slot < to) {
            int end = Math.min(to, (slot | 63) + 1);
            long ones = -1L >>> (64 - (end - slot));
            page(slot >>> Pages.SHIFT)[(slot & Pages.MASK) >>> 6] |= ones << slot;
            slot = end;
        }
    }

    /** The first slot from this one whose bit is set, or {@code limit} if there is none before it. */
    int nextSet(int from, int limit) {
        int slot = from;
        while (slot < limit) {
            int page = slot >>> Pages.SHIFT;
            boolean absent = page >= pages.length || pages[page] == null;
            long word = absent ? 0 : pages[page][(slot & Pages.MASK) >>> 6] >>> slot;
            if (word != 0) {
                return Math.min(limit, slot + Long.numberOfTrailingZeros(word));
            }
            slot = absent ? (page + 1) << Pages.SHIFT : (slot | 63) + 1;
        }
        return limit;
    }

    /** The first slot of a page whose bit is not set; there must be one. */
    int nextClear(int page) {
        long[] words = page(page);
        int word = 0;
        while (words[word] == -1L) {
            word++;
        }
        return (page << Pages.SHIFT) + (word << 6) + Long.numberOfTrailingZeros(~words[word]);
    }

    /** Makes all bits of slots before this 0. */
    void clearAll(int limit) {
        for (int page = 0; page < Math.min(Pages.count(limit), pages.length); page++) {
            if (pages[page] != null) {
                Arrays.fill(pages[page], 0, Math.min(WORDS, ((limit - (page << Pages.SHIFT)) + 63) >>> 6), 0);
            }
        }
    }

    /** The same pages in another directory: what is written to a page here is seen there. */
    PagedBits share() {
        return new PagedBits(pages.clone());
    }

    /** Replaces a page that is shared by a copy. */
    void unshare(int page) {
        if (page < pages.length && pages[page] != null) {
            pages[page] = pages[page].clone();
        }
    }

    /** Sees to it that so many pages are there. */
    void reserve(int count) {
        for (int page = count - 1; page >= 0 && (page >= pages.length || pages[page] == null); page--) {
            page(page);
        }
    }

    /** Gives back the pages from this one on. */
    void shrink(int count) {
        if (pages.length > count) {
            Arrays.fill(pages, count, pages.length, null);
        }
    }

    /** The memory that the pages take. */
    public long bytes() {
        return Arrays.stream(pages).filter(page -> page != null).count() * WORDS * Long.BYTES;
    }

    private long[] page(int page) {
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null) {
            pages[page] = new long[WORDS];
        }
        return pages[page];
    }
}
