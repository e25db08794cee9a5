package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.HashTable;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a multiset of rows by some of their columns, nulls equal to each other: one row of a store for each.
 *
 * <pre>
 *   | key columns | rows int8 | variants int4, if equal keys may differ | columns of who groups |
 * </pre>
 *
 * A change is taken in parts, since the groups of a small one stay in the caches: for each part {@link #find} the group of each entry, and {@link #count} its
 * rows; then {@link #settle}, and {@link #finish}. In between the caller reads the groups as they were and as they are. A group is there while it has rows, the only one of a grouping by nothing always. Expected O(1) an entry.
 */
public final class Groups {
    private final List<DataType> layout;
    private final int keyCount;
    /** The column of the numbers of other rows, or -1. */
    private final int othersColumn;

    private final Store store;
    private final HashTable table = new HashTable();
    private final RowHash hash;
    private final RowHash ownHash;
    private final RowMatch match;
    private final RowCode insertion;
    private final @Nullable KeyVariants variants;
    private final List<Template<?>> code = new ArrayList<>();

    private int[] hashes = new int[0];
    private int[] groups = new int[0];
    private int[] touched = new int[0];
    private int touchedCount;
    /** A bit for each slot: whether its group is among the touched. */
    private long[] marks = new long[1];

    private final int[] from = new int[1];
    private final int[] to = new int[1];
    private final int[] kept = new int[1];

    /**
     * No groups, or the one group of a grouping by nothing.
     *
     * @param input the layout of the rows
     * @param identical whether rows whose keys are equal but not identical (1.0 and 1.00) are in different groups
     * @param state the types of the caller's columns
     */
    public Groups(List<DataType> input, List<Integer> keys, boolean identical, List<DataType> state, CodeCache cache) {
        this(input, keys, identical, state, false, cache);
    }

    private Groups(
            List<DataType> input,
            List<Integer> keys,
            boolean identical,
            List<DataType> state,
            boolean countsOthers,
            CodeCache cache) {
        List<DataType> types = keys.stream().map(input::get).toList();
        boolean hasVariants = !identical && KeyVariants.exist(types);
        keyCount = keys.size();
        layout = GroupLayout.of(types, hasVariants, state);
        othersColumn = countsOthers ? layout.size() - state.size() : -1;
        store = new Store(layout);
        List<Integer> own = IntStream.range(0, keyCount).boxed().toList();
        hash = generated(new HashTemplate(input, keys, List.of()), cache);
        ownHash = generated(new HashTemplate(layout, own, List.of()), cache);
        match = generated(new MatchTemplate(input, keys, layout, own, identical), cache);
        insertion = generated(GroupLayout.insertion(input, keys, layout), cache);
        variants = hasVariants ? new KeyVariants(input, keys, store, cache) : null;
        if (keyCount == 0) {
            insert(new Store(input), 0, RowHash.UNMATCHED + 1);
        }
    }

    /**
     * The different rows of two inputs of this layout. {@link #count} counts those of the first, which are shown, and {@link #countOthers} those of the second. A group
     * is there while it has rows of either.
     */
    public static Groups ofTwo(List<DataType> types, CodeCache cache) {
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        return new Groups(types, all, false, List.of(DataType.INT8), true, cache);
    }

    /** The column of {@link #store} in which a group's number of rows is. */
    public int rowsColumn() {
        return keyCount;
    }

    /** The column in which its number of others is. */
    public int othersColumn() {
        return othersColumn;
    }

    /** The groups; between {@link #find} and {@link #finish} also those that have no rows yet, or no more. */
    public Store store() {
        return store;
    }

    /** Whether equal keys may differ, so that a group's shown key may change. */
    public boolean hasVariants() {
        return variants != null;
    }

    /** Finds the group of each entry of a part of the change, makes those that are missing, and touches them all. */
    public void find(Batch change) {
        find(change, hashes(change));
    }

    /** As {@link #find(Batch)}, with the hashes of the entries' keys. */
    public void find(Batch change, int[] hashes) {
        int count = change.size();
        if (groups.length < count) {
            groups = new int[Math.max(count, groups.length * 2)];
        }
        if (touched.length < touchedCount + count) {
            touched = Arrays.copyOf(touched, Math.max(touchedCount + count, touched.length * 2));
        }
        match.find(change.store(), change.positions(), hashes, count, table, store, groups);
        for (int i = 0; i < count; i++) {
            if (groups[i] < 0) {
                groups[i] = findOrInsert(change.store(), change.position(i), hashes[i]);
            }
        }
        touch(count);
    }

    /** The hashes of the keys of a change; they hold until the next call. */
    public int[] hashes(Batch change) {
        reserveHashes(change.size());
        hash.hash(change.store(), change.positions(), change.size(), hashes);
        return hashes;
    }

    private void reserveHashes(int count) {
        if (hashes.length < count) {
            hashes = new int[Math.max(count, hashes.length * 2)];
        }
    }

    /** The position of the group of each entry of the part that was found last. */
    public int[] groups() {
        return groups;
    }

    /** The groups that the change has touched so far, each once in the order of its first entry, the first {@link #touchedCount} of them. */
    public int[] touched() {
        return touched;
    }

    public int touchedCount() {
        return touchedCount;
    }

    /** Whether a group is in the result. */
    public boolean isThere(int group) {
        int slot = store.slot(group);
        return keyCount == 0
                || store.longs(keyCount)[slot >>> Pages.SHIFT][slot & Pages.MASK] > 0
                || (othersColumn >= 0 && store.longs(othersColumn)[slot >>> Pages.SHIFT][slot & Pages.MASK] > 0);
    }

    /** Counts the rows of a part that come and go. */
    public void count(Batch change) {
        count(change, keyCount);
        if (variants != null) {
            variants.add(change, groups);
        }
    }

    /** Counts the rows of a part of the second input. */
    public void countOthers(Batch change) {
        count(change, othersColumn);
    }

    private void count(Batch change, int column) {
        long[][] rows = store.longs(column);
        for (int i = 0, size = change.size(); i < size; i++) {
            int slot = store.slot(groups[i]);
            long[] page = rows[slot >>> Pages.SHIFT];
            page[slot & Pages.MASK] = Math.addExact(page[slot & Pages.MASK], change.weight(i));
        }
    }

    /**
     * Chooses the keys that are shown, when all parts were counted.
     *
     * @throws IllegalStateException if a group has a negative number of rows: something retracted a row that was not there
     */
    public void settle() {
        requireNotNegative(keyCount);
        if (othersColumn >= 0) {
            requireNotNegative(othersColumn);
        }
        if (variants != null) {
            variants.choose(touched, touchedCount);
        }
    }

    private void requireNotNegative(int column) {
        long[][] rows = store.longs(column);
        for (int i = 0; i < touchedCount; i++) {
            int slot = store.slot(touched[i]);
            if (rows[slot >>> Pages.SHIFT][slot & Pages.MASK] < 0) {
                throw new IllegalStateException(
                        "more rows of group " + store.row(touched[i]) + " were retracted than were there");
            }
        }
    }

    /** Ends the change: groups without rows go. */
    public void finish() {
        int emptied = 0;
        for (int i = 0; i < touchedCount; i++) {
            int slot = store.slot(touched[i]);
            marks[slot >>> 6] &= ~(1L << slot);
            if (!isThere(touched[i])) {
                touched[emptied++] = touched[i];
            }
        }
        reserveHashes(emptied);
        ownHash.hash(store, touched, emptied, hashes);
        for (int i = 0; i < emptied; i++) {
            table.remove(hashes[i], touched[i]);
            store.free(touched[i]);
        }
        touchedCount = 0;
    }

    public long memoryBytes() {
        return store.memoryBytes() + table.memoryBytes() + (variants == null ? 0 : variants.memoryBytes());
    }

    /** The generated code that it runs. */
    public List<Template<?>> code() {
        return variants == null
                ? List.copyOf(code)
                : Stream.concat(code.stream(), variants.code().stream()).toList();
    }

    /** Checks its state between changes; an {@link IllegalStateException} says what is wrong. */
    public void validate() {
        Validation.require(touchedCount == 0, "a change was not finished");
        Validation.require(table.size() == store.size(), "as many groups in the table as in the store");
        int[] group = new int[1];
        int[] own = new int[1];
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            group[0] = store.position(slot);
            Validation.require(isThere(group[0]), "a group has rows");
            Validation.require(
                    slot >>> 6 >= marks.length || ((marks[slot >>> 6] >>> slot) & 1) == 0,
                    "no group is marked as touched");
            ownHash.hash(store, group, 1, own);
            long entry = ((long) own[0] << Integer.SIZE) | (group[0] + 1L);
            Validation.require(
                    Arrays.stream(table.slots(own[0]))
                                    .filter(each -> each == entry)
                                    .count()
                            == 1,
                    "a group is in the table");
        }
        if (variants != null) {
            variants.validate();
        }
    }

    private void touch(int count) {
        if (marks.length << 6 < store.limit()) {
            marks = Arrays.copyOf(marks, Math.max((store.limit() >>> 6) + 1, marks.length * 2));
        }
        for (int i = 0; i < count; i++) {
            int slot = store.slot(groups[i]);
            if (((marks[slot >>> 6] >>> slot) & 1) == 0) {
                store.touch(groups[i]);
                marks[slot >>> 6] |= 1L << slot;
                touched[touchedCount++] = groups[i];
            }
        }
    }

    /** An equal row may have come earlier in the same batch. */
    private int findOrInsert(Store rows, int position, int rowHash) {
        int found = table.find(rowHash, match, rows, position, store);
        return found < 0 ? insert(rows, position, rowHash) : found;
    }

    private int insert(Store rows, int position, int rowHash) {
        from[0] = position;
        to[0] = store.allocate();
        insertion.run(rows, from, null, null, 1, kept, store, to);
        table.add(rowHash, to[0]);
        return to[0];
    }

    private <T> T generated(Template<T> template, CodeCache cache) {
        code.add(template);
        return cache.get(template);
    }
}
