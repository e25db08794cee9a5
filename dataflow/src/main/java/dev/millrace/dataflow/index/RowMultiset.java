package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A multiset of rows: each row that is not identical to another once, with its weight. A row whose weight has come to 0 stays, so that who is told of the
 * change can still read it, until {@link #sweep}. Expected O(1) a change. If asked for, it also finds the rows of a key.
 */
public final class RowMultiset {
    private static final long FREED = -1;

    private final Store store;
    private final HashTable table = new HashTable();
    private final RowHash hash;
    private final RowMatch match;
    private final RowCode copy;
    private final @Nullable RowsByKey byKey;
    private final List<Template<?>> code;
    private long total;
    private int[] hashes = new int[0];
    private final int[] one = new int[1];
    private final int[] copied = new int[1];
    private final int[] kept = new int[1];
    /** Rows whose weight came to 0 since the last sweep, some perhaps twice, some not 0 any more. */
    private int[] emptied = new int[0];

    private int emptiedCount;

    /** An empty multiset of rows of this layout. */
    public RowMultiset(List<DataType> types, CodeCache cache) {
        this(types, List.of(), cache);
    }

    /** As {@link #RowMultiset(List, CodeCache)}, of which the rows with given values of these columns can be found. */
    public RowMultiset(List<DataType> types, List<Integer> key, CodeCache cache) {
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        HashTemplate hashing = new HashTemplate(types, columns, List.of());
        MatchTemplate matching = MatchTemplate.identity(types);
        RowProgram copying = RowProgram.copy(types, columns);
        this.store = new Store(types);
        this.hash = cache.get(hashing);
        this.match = cache.get(matching);
        this.copy = cache.get(copying);
        this.byKey = key.isEmpty() ? null : new RowsByKey(store, key, cache);
        this.code = Stream.concat(
                        Stream.of(hashing, matching, copying), byKey == null ? Stream.of() : byKey.code().stream())
                .toList();
    }

    /** The rows, those of weight 0 that were not swept yet included. */
    public Store store() {
        return store;
    }

    /** How many rows there are, each counted as often as it is there. */
    public long total() {
        return total;
    }

    /**
     * Adds a change. {@code positions[i]} becomes the position here of the row of its {@code i}th entry.
     *
     * @throws IllegalStateException if a weight would become negative: something retracted a row that was not there
     */
    public void add(Batch change, int[] positions) {
        int count = change.size();
        if (hashes.length < count) {
            hashes = new int[Math.max(count, hashes.length * 2)];
        }
        hash.hash(change.store(), change.positions(), count, hashes);
        match.find(change.store(), change.positions(), hashes, count, table, store, positions);
        for (int i = 0; i < count; i++) {
            if (positions[i] < 0) {
                // An equal one may have come earlier in this batch.
                positions[i] = table.find(hashes[i], match, change.store(), change.position(i), store);
            }
            long weight = change.weight(i);
            if (positions[i] < 0) {
                requirePresent(weight, change.store(), change.position(i));
                positions[i] = insert(change.store(), change.position(i), hashes[i], weight);
            } else {
                add(positions[i], weight);
            }
            total = Math.addExact(total, weight);
        }
    }

    /** Frees the rows whose weight is 0. */
    public void sweep() {
        int distinct = 0;
        for (int i = 0; i < emptiedCount; i++) {
            int position = emptied[i];
            if (store.weight(position) == 0) {
                // So that the same position does not count twice.
                store.weight(position, FREED);
                emptied[distinct++] = position;
            }
        }
        for (int i = 0; i < distinct; i++) {
            one[0] = emptied[i];
            hash.hash(store, one, 1, copied);
            table.remove(copied[0], emptied[i]);
            if (byKey != null) {
                byKey.remove(emptied[i]);
            }
            store.free(emptied[i]);
        }
        emptiedCount = 0;
    }

    /** Gives the rows with these values of the key columns; between steps, when all have been swept. */
    public void forEach(Row key, IntConsumer consumer) {
        if (byKey == null) {
            throw new IllegalStateException("rows without a key");
        }
        byKey.forEach(key, consumer);
    }

    public long memoryBytes() {
        return store.memoryBytes() + table.memoryBytes() + (byKey == null ? 0 : byKey.memoryBytes());
    }

    /** The generated code that it runs. */
    public List<Template<?>> code() {
        return code;
    }

    private int insert(Store rows, int position, int rowHash, long weight) {
        one[0] = position;
        int inserted = store.allocate();
        copied[0] = inserted;
        copy.run(rows, one, null, null, 1, kept, store, copied);
        if (weight != 1) {
            store.weight(inserted, weight);
        }
        table.add(rowHash, inserted);
        if (byKey != null) {
            byKey.add(inserted);
        }
        return inserted;
    }

    private void add(int position, long change) {
        long weight = Math.addExact(store.weight(position), change);
        requirePresent(weight, store, position);
        if (weight == 0) {
            if (emptiedCount == emptied.length) {
                emptied = Arrays.copyOf(emptied, Math.max(16, emptiedCount * 2));
            }
            emptied[emptiedCount++] = position;
        }
        store.weight(position, weight);
    }

    private static void requirePresent(long weight, Store rows, int position) {
        if (weight < 0) {
            throw new IllegalStateException(
                    "row " + rows.row(position) + " was retracted more often than it was there");
        }
    }
}
