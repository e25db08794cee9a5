package dev.millrace.dataflow.store;

import java.util.Arrays;

/** Which slots of a store have rows, and which of those that had one are free to be used again, those of lower pages first. */
final class LiveSlots {
    private final PagedBits live;
    private int free;
    /** No page before this one has a free slot. */
    private int firstFreePage;

    private int[] freeInPage = new int[1];

    LiveSlots() {
        this.live = new PagedBits();
    }

    private LiveSlots(LiveSlots shared) {
        this.live = shared.live.share();
        this.free = shared.free;
    }

    /** How many slots are free. */
    int free() {
        return free;
    }

    boolean get(int slot) {
        return live.get(slot);
    }

    void set(int slot) {
        live.set(slot);
    }

    void set(int from, int to) {
        live.set(from, to);
    }

    /** The first slot from this one that has a row, or {@code limit} if there is none before it. */
    int next(int from, int limit) {
        return live.nextSet(from, limit);
    }

    /** A slot that is free; there must be one. */
    int takeFree() {
        while (freeInPage[firstFreePage] == 0) {
            firstFreePage++;
        }
        freeInPage[firstFreePage]--;
        free--;
        return live.nextClear(firstFreePage);
    }

    void release(int slot) {
        int page = slot >>> Pages.SHIFT;
        if (page >= freeInPage.length) {
            freeInPage = Arrays.copyOf(freeInPage, Math.max(page + 1, freeInPage.length * 2));
        }
        live.clear(slot);
        freeInPage[page]++;
        firstFreePage = Math.min(firstFreePage, page);
        free++;
    }

    /** A snapshot's: what is set or released here is not seen there, once {@link #unshare} was called for its page. */
    LiveSlots share() {
        return new LiveSlots(this);
    }

    void unshare(int page) {
        live.unshare(page);
    }

    long bytes() {
        return live.bytes();
    }
}
