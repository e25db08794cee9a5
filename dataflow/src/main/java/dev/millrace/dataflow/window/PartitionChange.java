package dev.millrace.dataflow.window;

import dev.millrace.dataflow.index.OrderedIndex;
import java.util.Arrays;

/**
 * What a step changed in one partition: entries that came and entries that went, each at a place, a rank in the partition as it is now. An entry that came is at its own rank;
 * one that went is where it would be, before the entry that has this rank.
 */
final class PartitionChange {
    private int group;
    private long size;
    private boolean isNew;
    private int count;
    private int came;
    private int[] entries = new int[16];
    private boolean[] inserted = new boolean[16];
    private long[] places = new long[16];
    /** Place and index, to be sorted. */
    private long[] order = new long[16];

    private int[] sortedEntries = new int[16];
    private boolean[] sortedInserted = new boolean[16];

    void begin(int ofGroup) {
        group = ofGroup;
        count = 0;
        came = 0;
    }

    void add(int entry, boolean insertion) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count * 2);
            inserted = Arrays.copyOf(inserted, count * 2);
        }
        entries[count] = entry;
        inserted[count++] = insertion;
        came += insertion ? 1 : 0;
    }

    /** After all changes were made to the order: finds the places. */
    void locate(OrderedIndex index) {
        size = index.count(group);
        isNew = came == count && came == size;
        if (isNew) {
            return;
        }
        if (places.length < count) {
            places = new long[entries.length];
            order = new long[entries.length];
            sortedEntries = new int[entries.length];
            sortedInserted = new boolean[entries.length];
        }
        for (int i = 0; i < count; i++) {
            order[i] = (index.rankOf(group, entries[i]) << Integer.SIZE) | i;
        }
        Arrays.sort(order, 0, count);
        for (int i = 0; i < count; i++) {
            places[i] = order[i] >>> Integer.SIZE;
            sortedEntries[i] = entries[(int) order[i]];
            sortedInserted[i] = inserted[(int) order[i]];
        }
    }

    /** Turns to a partition all of whose rows came. */
    void whole(int ofGroup, OrderedIndex index) {
        begin(ofGroup);
        size = index.count(group);
        isNew = true;
    }

    int group() {
        return group;
    }

    /** How many entries the partition has now. */
    long size() {
        return size;
    }

    /** Whether all entries came, and none went: then there are no places. */
    boolean isNew() {
        return isNew;
    }

    int count() {
        return isNew ? 0 : count;
    }

    /** Ascending. */
    long place(int index) {
        return places[index];
    }

    int entry(int index) {
        return sortedEntries[index];
    }

    boolean isInserted(int index) {
        return sortedInserted[index];
    }
}
