package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.HashTable;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The groups of rows whose keys SQL holds equal, NULL equal to NULL, each by the slot of a row that has its key. Which one of several equal keys that is does
 * not matter. Expected O(1) a row.
 */
final class GroupKeys {
    private final Store keys;
    private final HashTable table = new HashTable();
    private final RowHash hash;
    private final RowHash keyHash;
    private final RowMatch match;
    private final RowCode copy;
    private final List<Template<?>> code;
    private int[] hashes = new int[0];
    private final int[] source = new int[1];
    private final int[] target = new int[1];
    private final int[] result = new int[1];

    GroupKeys(List<DataType> types, List<Integer> columns, CodeCache cache) {
        List<DataType> keyTypes = columns.stream().map(types::get).toList();
        List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
        HashTemplate hashing = new HashTemplate(types, columns, List.of());
        HashTemplate keyHashing = new HashTemplate(keyTypes, all, List.of());
        MatchTemplate matching = new MatchTemplate(types, columns, keyTypes, all, false);
        RowProgram copying = RowProgram.copy(types, columns);
        this.keys = new Store(keyTypes);
        this.hash = cache.get(hashing);
        this.keyHash = cache.get(keyHashing);
        this.match = cache.get(matching);
        this.copy = cache.get(copying);
        this.code = List.of(hashing, keyHashing, matching, copying);
    }

    /** Finds the groups of a change's rows, and makes those that are not there: {@code groups[i]} becomes that of the {@code i}th entry. */
    void find(Batch change, int[] groups) {
        int count = change.size();
        if (hashes.length < count) {
            hashes = new int[Math.max(count, hashes.length * 2)];
        }
        hash.hash(change.store(), change.positions(), count, hashes);
        match.find(change.store(), change.positions(), hashes, count, table, keys, groups);
        for (int i = 0; i < count; i++) {
            int key = groups[i];
            if (key < 0) {
                key = table.find(hashes[i], match, change.store(), change.position(i), keys);
            }
            groups[i] = keys.slot(key < 0 ? add(change.store(), change.position(i), hashes[i]) : key);
        }
    }

    /** Ends a group. */
    void free(int group) {
        source[0] = keys.position(group);
        keyHash.hash(keys, source, 1, result);
        table.remove(result[0], source[0]);
        keys.free(source[0]);
    }

    boolean contains(int group) {
        return keys.isLive(group);
    }

    /** The first group from this one on, or {@link #limit} if there is none. */
    int next(int group) {
        return keys.nextLive(group);
    }

    int limit() {
        return keys.limit();
    }

    long memoryBytes() {
        return keys.memoryBytes() + table.memoryBytes();
    }

    List<Template<?>> code() {
        return code;
    }

    private int add(Store rows, int position, int rowHash) {
        source[0] = position;
        target[0] = keys.allocate();
        copy.run(rows, source, null, null, 1, result, keys, target);
        table.add(rowHash, target[0]);
        return target[0];
    }
}
