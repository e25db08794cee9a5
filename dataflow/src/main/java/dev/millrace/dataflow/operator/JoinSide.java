package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One input of a {@link Join}: its rows as entries with weights, indexed by the key. Identical rows may be several entries. Of a table the entries are the table's own
 * rows, and only the index is here; of any other input the rows are copied. Rows whose key matches nothing are kept only where they are of use.
 */
final class JoinSide {
    private final Store rows;
    private final boolean owned;
    private final @Nullable MatchCounts counts;
    private final KeyIndex index;
    /** Of the key, {@link RowHash#UNMATCHED} with a NULL that matches nothing. */
    private final RowHash probeHash;
    /** Of the key, where NULL is like any value. */
    private final RowHash ownHash;

    private final RowMatch sameKey;
    private final RowCode copy;
    private final CodeCache cache;
    /** To find the row that is retracted; made when the first is. */
    private @Nullable RowHash identityHash;

    private @Nullable RowMatch identical;
    private final List<Template<?>> code = new ArrayList<>();
    private final Entries doomed = new Entries();
    private int[] hashes = new int[0];
    private int[] found = new int[0];

    /**
     * @param table the store of the table that the input is, or null if it is none
     * @param key the columns of the key
     * @param rejecting those of them in which NULL matches nothing
     * @param counts of the matches of each row, if the join shows rows by whether they have any
     */
    JoinSide(
            List<DataType> types,
            @Nullable Store table,
            List<Integer> key,
            List<Integer> rejecting,
            @Nullable MatchCounts counts,
            CodeCache cache) {
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        this.owned = table == null;
        this.rows = table == null ? new Store(types) : table;
        this.counts = counts;
        this.probeHash = get(new HashTemplate(types, key, rejecting), cache);
        this.ownHash = get(new HashTemplate(types, key, List.of()), cache);
        this.sameKey = get(new MatchTemplate(types, key, types, key, false), cache);
        this.copy = get(RowProgram.copy(types, all), cache);
        this.cache = cache;
        this.index = new KeyIndex(rows, sameKey);
    }

    Store rows() {
        return rows;
    }

    KeyIndex index() {
        return index;
    }

    @Nullable
    MatchCounts counts() {
        return counts;
    }

    /** The insertions of a change, or its retractions with their weights made positive, that are of use here. */
    void select(Batch change, boolean insertions, Entries selected) {
        selected.clear();
        reserve(change.size());
        boolean all = counts != null;
        if (!all) {
            probeHash.hash(change.store(), change.positions(), change.size(), hashes);
        }
        for (int i = 0; i < change.size(); i++) {
            long weight = change.weight(i);
            if (weight > 0 == insertions && (all || hashes[i] != RowHash.UNMATCHED)) {
                selected.add(change.position(i), Math.abs(weight));
            }
        }
    }

    /** Adds rows; {@code added} becomes their entries. The other side does not find them until they are {@linkplain #index(Entries) indexed}. */
    void add(Store from, Entries selected, Entries added) {
        int count = selected.size();
        added.size(count);
        System.arraycopy(selected.weights(), 0, added.weights(), 0, count);
        if (owned) {
            reserve(count);
            rows.allocate(count, added.positions());
            copy.run(from, selected.positions(), null, null, count, found, rows, added.positions());
        } else {
            System.arraycopy(selected.positions(), 0, added.positions(), 0, count);
        }
        for (int i = 0; i < count; i++) {
            if (owned && added.weights()[i] != 1) {
                rows.weight(added.positions()[i], added.weights()[i]);
            }
            if (counts != null) {
                counts.add(rows, added.positions()[i], added.weights()[i]);
            }
        }
    }

    /** Lets the other side find entries that were added. */
    void index(Entries added) {
        int count = added.size();
        reserve(count);
        int[] positions = added.positions();
        ownHash.hash(rows, positions, count, hashes);
        sameKey.find(rows, positions, hashes, count, index.heads(), rows, found);
        for (int i = 0; i < count; i++) {
            if (found[i] < 0) {
                // A row of this key may have come earlier in the batch.
                index.add(hashes[i], positions[i]);
            } else {
                index.add(hashes[i], positions[i], found[i]);
            }
        }
    }

    /** Takes copies of rows away; {@code retracted} becomes the entries that lost them. Those that lost all are not found by the other side any more. */
    void retract(Store from, Entries selected, Entries retracted) {
        int count = selected.size();
        retracted.clear();
        reserve(count);
        ownHash.hash(from, selected.positions(), count, hashes);
        for (int i = 0; i < count; i++) {
            int position = selected.positions()[i];
            long rest = selected.weights()[i];
            while (rest > 0) {
                int entry = owned ? find(from, position, hashes[i]) : position;
                long taken = Math.min(rest, rows.weight(entry));
                subtract(entry, hashes[i], taken);
                retracted.add(entry, taken);
                rest -= taken;
            }
        }
    }

    /** The entries' hashes by which the other side is asked for partners; holds until the next call. */
    int[] probeHashes(Entries entries) {
        reserve(entries.size());
        probeHash.hash(rows, entries.positions(), entries.size(), hashes);
        return hashes;
    }

    /** Frees the entries that lost all copies. */
    void sweep() {
        for (int i = 0; i < doomed.size(); i++) {
            rows.free(doomed.positions()[i]);
        }
        doomed.clear();
    }

    long memoryBytes() {
        return index.memoryBytes() + (owned ? rows.memoryBytes() : 0) + (counts == null ? 0 : counts.memoryBytes());
    }

    List<Template<?>> code() {
        return code;
    }

    private int find(Store from, int position, int hash) {
        if (identityHash == null || identical == null) {
            List<DataType> types = rows.types();
            identityHash = get(
                    new HashTemplate(
                            types, IntStream.range(0, types.size()).boxed().toList(), List.of()),
                    cache);
            identical = get(MatchTemplate.identity(types), cache);
        }
        int head = index.heads().find(hash, sameKey, from, position, rows);
        int entry = head < 0 ? -1 : index.findIdentical(head, identityHash, identical, from, position);
        if (entry < 0) {
            throw new IllegalStateException(
                    "row " + from.row(position) + " was retracted more often than it was there");
        }
        return entry;
    }

    private void subtract(int entry, int hash, long weight) {
        long rest = rows.weight(entry) - weight;
        if (counts != null) {
            counts.subtract(rows, entry, rest + weight, weight);
        }
        if (rest == 0) {
            index.remove(hash, entry);
            if (owned) {
                doomed.add(entry, 0);
            }
        } else {
            rows.weight(entry, rest);
        }
    }

    private void reserve(int count) {
        if (hashes.length < count) {
            int capacity = Math.max(count, hashes.length * 2);
            hashes = new int[capacity];
            found = new int[capacity];
        }
    }

    private <T> T get(Template<T> template, CodeCache cache) {
        code.add(template);
        return cache.get(template);
    }
}
