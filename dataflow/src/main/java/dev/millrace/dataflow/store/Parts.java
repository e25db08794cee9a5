package dev.millrace.dataflow.store;

import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;

/** A change in parts, each a {@link Batch} of rows of its own store, some perhaps empty: what is written by several threads need not be put together. */
public final class Parts {
    private final List<Batch> parts = new ArrayList<>();

    /** No parts. */
    public Parts() {}

    /** A change that is one batch. */
    public static Parts of(Batch batch) {
        Parts parts = new Parts();
        parts.add(batch);
        return parts;
    }

    public void add(Batch part) {
        parts.add(part);
    }

    /** Removes all parts. */
    public void clear() {
        parts.clear();
    }

    /** The number of parts. */
    public int count() {
        return parts.size();
    }

    public Batch part(int index) {
        return parts.get(index);
    }

    /** The number of entries of all parts. */
    public long size() {
        long size = 0;
        for (int i = 0; i < parts.size(); i++) {
            size += parts.get(i).size();
        }
        return size;
    }

    public boolean isEmpty() {
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The same change as row objects. */
    public ZSet toZSet() {
        ZSet rows = new ZSet();
        for (Batch part : parts) {
            rows.addAll(part.toZSet());
        }
        return rows;
    }
}
