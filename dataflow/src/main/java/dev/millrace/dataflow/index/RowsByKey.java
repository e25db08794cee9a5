package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Rows of a store to be found by the values of some of their columns, from outside. A NULL there is a value like any. */
final class RowsByKey {
    private final Store rows;
    private final KeyIndex index;
    private final RowHash hash;
    /** The one key that is looked for. */
    private final Store sought;

    private final RowHash soughtHash;
    private final RowMatch soughtKey;
    private final List<Template<?>> code;
    private final int[] one = new int[1];
    private final int[] hashed = new int[1];

    RowsByKey(Store rows, List<Integer> key, CodeCache cache) {
        List<DataType> types = rows.types();
        List<DataType> keyTypes = key.stream().map(types::get).toList();
        List<Integer> keyColumns = IntStream.range(0, key.size()).boxed().toList();
        HashTemplate hashing = new HashTemplate(types, key, List.of());
        HashTemplate soughtHashing = new HashTemplate(keyTypes, keyColumns, List.of());
        MatchTemplate sameKey = new MatchTemplate(types, key, types, key, false);
        MatchTemplate soughtMatching = new MatchTemplate(keyTypes, keyColumns, types, key, false);
        this.rows = rows;
        this.index = new KeyIndex(rows, cache.get(sameKey));
        this.hash = cache.get(hashing);
        this.sought = Store.scratch(keyTypes);
        this.soughtHash = cache.get(soughtHashing);
        this.soughtKey = cache.get(soughtMatching);
        this.code = List.of(hashing, sameKey, soughtHashing, soughtMatching);
    }

    void add(int position) {
        index.add(hash(hash, rows, position), position);
    }

    void remove(int position) {
        index.remove(hash(hash, rows, position), position);
    }

    /** Gives the rows with this key. */
    void forEach(Row key, IntConsumer consumer) {
        int wanted = sought.append(key);
        int head = index.heads().find(hash(soughtHash, sought, wanted), soughtKey, sought, wanted, rows);
        sought.clear();
        if (head < 0) {
            return;
        }
        Segment many = index.segment(head, false);
        if (many == null) {
            for (int row = head; row >= 0; row = index.next(row)) {
                consumer.accept(row);
            }
        } else {
            for (int i = 0; i < many.size(); i++) {
                consumer.accept(many.position(i));
            }
        }
    }

    long memoryBytes() {
        return index.memoryBytes();
    }

    List<Template<?>> code() {
        return code;
    }

    private int hash(RowHash hashing, Store store, int position) {
        one[0] = position;
        hashing.hash(store, one, 1, hashed);
        return hashed[0];
    }
}
