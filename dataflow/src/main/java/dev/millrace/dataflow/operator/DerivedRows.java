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
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The rows that a {@link RecursiveUnion} has derivations of, each once. Beside its columns a row has its rank as one more, how many derivations it has, and how many of them support it. */
final class DerivedRows {
    /** The support of a row that is not there and was not before the step. */
    static final long ABSENT = -2;
    /** The support of a row that is not there and was before the step. */
    static final long WITHDRAWN = -1;

    private static final long FREED = -1;

    private final int width;
    private final Store store;
    private final HashTable table = new HashTable();
    private final PagedLongs totals = new PagedLongs();
    private final PagedLongs supports = new PagedLongs();
    private final RowHash hash;
    private final RowMatch identical;
    private final RowCode copy;
    private final List<Template<?>> code = new ArrayList<>();
    /** Rows that lost all derivations since the last {@link #sweep}, some perhaps twice, some with new ones. */
    private final Entries emptied = new Entries();

    private int[] hashes = new int[0];
    private int[] found = new int[0];
    private final int[] from = new int[1];
    private final int[] to = new int[1];
    private final int[] kept = new int[1];

    /** @param types of the columns, without the rank */
    DerivedRows(List<DataType> types, CodeCache cache) {
        List<DataType> layout = StepPath.carrying(types);
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        List<Integer> all = IntStream.range(0, layout.size()).boxed().toList();
        width = types.size();
        store = new Store(layout);
        hash = get(new HashTemplate(layout, columns, List.of()), cache);
        identical = get(new MatchTemplate(layout, columns, layout, columns, true), cache);
        copy = get(RowProgram.copy(layout, all), cache);
    }

    /** The rows, with their ranks as the last column. */
    Store store() {
        return store;
    }

    /** Where the rows of a batch of the same layout are here, without regard to the last column; those that are not get a place, as {@link #ABSENT}. Holds until the next call. */
    int[] find(Batch batch) {
        int count = batch.size();
        if (hashes.length < count) {
            hashes = new int[Math.max(count, hashes.length * 2)];
            found = new int[hashes.length];
        }
        hash.hash(batch.store(), batch.positions(), count, hashes);
        identical.find(batch.store(), batch.positions(), hashes, count, table, store, found);
        for (int i = 0; i < count; i++) {
            if (found[i] < 0) {
                // An identical one may have come earlier in this batch.
                found[i] = table.find(hashes[i], identical, batch.store(), batch.position(i), store);
            }
            if (found[i] < 0) {
                found[i] = insert(batch.store(), batch.position(i), hashes[i]);
            }
        }
        return found;
    }

    long total(int position) {
        return totals.get(store.slot(position));
    }

    /**
     * Adds derivations of a row, or takes them away.
     *
     * @return how many it has then
     */
    long addTotal(int position, long change) {
        int slot = store.slot(position);
        long total = Math.addExact(totals.get(slot), change);
        if (total < 0) {
            throw new IllegalStateException("row " + store.row(position) + " lost a derivation that it did not have");
        }
        if (total == 0) {
            emptied.add(position, 0);
        }
        totals.set(slot, total);
        return total;
    }

    /** How many derivations support a row, or {@link #ABSENT} or {@link #WITHDRAWN}. */
    long support(int position) {
        return supports.get(store.slot(position));
    }

    void support(int position, long support) {
        supports.set(store.slot(position), support);
    }

    long rank(int position) {
        return rank(store, position);
    }

    /** The rank in another batch of this layout. */
    long rank(Store rows, int position) {
        int slot = rows.slot(position);
        return rows.longs(width)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    void rank(int position, long rank) {
        store.touch(position);
        int slot = store.slot(position);
        store.longs(width)[slot >>> Pages.SHIFT][slot & Pages.MASK] = rank;
    }

    /** Frees the rows without derivations. */
    void sweep() {
        int distinct = 0;
        for (int i = 0; i < emptied.size(); i++) {
            int position = emptied.positions()[i];
            int slot = store.slot(position);
            if (totals.get(slot) == 0) {
                totals.set(slot, FREED);
                emptied.positions()[distinct++] = position;
            }
        }
        for (int i = 0; i < distinct; i++) {
            from[0] = emptied.positions()[i];
            hash.hash(store, from, 1, to);
            table.remove(to[0], from[0]);
            store.free(from[0]);
        }
        emptied.clear();
    }

    long memoryBytes() {
        return store.memoryBytes() + table.memoryBytes() + totals.memoryBytes() + supports.memoryBytes();
    }

    List<Template<?>> code() {
        return code;
    }

    private int insert(Store rows, int position, int rowHash) {
        from[0] = position;
        to[0] = store.allocate();
        copy.run(rows, from, null, null, 1, kept, store, to);
        table.add(rowHash, to[0]);
        int slot = store.slot(to[0]);
        totals.set(slot, 0);
        supports.set(slot, ABSENT);
        return to[0];
    }

    private <T> T get(Template<T> template, CodeCache cache) {
        code.add(template);
        return cache.get(template);
    }
}
