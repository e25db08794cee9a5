package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.operator.BatchConsumer;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.operator.Scan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The rows of a table, each a row of a store with weight 1, found by its key, or without a key by all its values, which several may have. A change applies at once. What a
 * step is given of it is by position: rows that came and rows that went since the last, none twice and none that did both; a row that went and one that came may still be
 * identical. Rows that went are there to be read until the end of the step.
 */
final class TableRows implements Operator {
    private static final int GOING = -1;

    private final Store rows;
    private final List<Integer> key;
    private final RowHash hash;
    private final RowMatch sameKey;
    private final KeyIndex index;
    private final List<Template<?>> code;
    /** What is compared with rows from outside: keys, or whole rows without a key. */
    private final Store sought;

    private final RowHash soughtHash;
    private final RowMatch soughtKey;
    /** What came and went since the last step. */
    private final Batch staged;

    private final Batch running;
    /** Of a row in {@link #staged}, its index there + 1; of one that went in the running step, {@link #GOING}. */
    private final PagedInts stagedAt = new PagedInts();

    private final int[] one = new int[1];
    private final int[] hashed = new int[1];
    private int[] positions = new int[0];
    private int[] hashes = new int[0];
    private int size;

    TableRows(List<DataType> types, List<Integer> key, CodeCache cache) {
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        List<Integer> identifying = key.isEmpty() ? all : key;
        List<DataType> keyTypes = identifying.stream().map(types::get).toList();
        List<Integer> keyColumns =
                IntStream.range(0, identifying.size()).boxed().toList();
        boolean exact = key.isEmpty();
        HashTemplate hashing = new HashTemplate(types, identifying, List.of());
        HashTemplate soughtHashing = new HashTemplate(keyTypes, keyColumns, List.of());
        MatchTemplate matching = new MatchTemplate(types, identifying, types, identifying, exact);
        MatchTemplate soughtMatching = new MatchTemplate(keyTypes, keyColumns, types, identifying, exact);
        this.rows = new Store(types);
        this.key = key;
        this.hash = cache.get(hashing);
        this.soughtHash = cache.get(soughtHashing);
        this.sameKey = cache.get(matching);
        this.soughtKey = cache.get(soughtMatching);
        this.index = new KeyIndex(rows, sameKey);
        this.sought = Store.scratch(keyTypes);
        this.staged = new Batch(rows);
        this.running = new Batch(rows);
        this.code = List.of(hashing, matching);
    }

    Store store() {
        return rows;
    }

    int size() {
        return size;
    }

    /** The row with these values of the key columns, or without a key this row; -1 if it is not there. */
    int find(Row values) {
        if (!sought.types().isEmpty() && values.size() != sought.types().size()) {
            throw new IllegalArgumentException("not a key of this table: " + values);
        }
        one[0] = sought.append(values);
        soughtHash.hash(sought, one, 1, hashed);
        int found = index.heads().find(hashed[0], soughtKey, sought, one[0], rows);
        sought.clear();
        return found;
    }

    /** Adds a row; with a key, in the place of the one that has it. */
    void insert(Row row) {
        insert(rows.append(row));
    }

    private void insert(int position) {
        int rowHash = hash(position);
        int head = index.head(rowHash, position);
        if (head >= 0 && !key.isEmpty()) {
            remove(head, rowHash);
            head = -1;
        }
        add(position, rowHash, head);
    }

    /** Adds many rows, given as one array for each column, as {@link Store#append(int, List, int[])} takes them. */
    void insert(int count, List<?> columns) {
        reserve(count);
        rows.append(count, columns, positions);
        hash.hash(rows, positions, count, hashes);
        for (int i = 0; i < count; i++) {
            int head = index.head(hashes[i], positions[i]);
            if (head >= 0 && !key.isEmpty()) {
                remove(head, hashes[i]);
                head = -1;
            }
            add(positions[i], hashes[i], head);
        }
    }

    /** Puts a row in the place of one that is there. */
    void replace(int position, Row row) {
        int added = rows.append(row);
        delete(position);
        insert(added);
    }

    /** Removes a row that is there. */
    void delete(int position) {
        remove(position, hash(position));
    }

    /** Removes all rows. */
    void clear() {
        for (int slot = rows.nextLive(0); slot < rows.limit(); slot = rows.nextLive(slot + 1)) {
            int position = rows.position(slot);
            if (!isGone(position)) {
                delete(position);
            }
        }
    }

    boolean hasStaged() {
        return !staged.isEmpty();
    }

    /** What came and went since this was last called; holds until {@link #endStep}. */
    Batch takeStaged() {
        running.reset(rows);
        for (int i = 0; i < staged.size(); i++) {
            stagedAt.set(rows.slot(staged.position(i)), staged.weight(i) < 0 ? GOING : 0);
        }
        for (int i = 0; i < staged.size(); i++) {
            if (staged.weight(i) != 0) {
                running.append(staged.position(i), staged.weight(i));
            } else {
                rows.free(staged.position(i));
            }
        }
        staged.reset(rows);
        return running;
    }

    /** The current rows, those that went excluded. */
    void forEach(IntConsumer consumer) {
        for (int slot = rows.nextLive(0); slot < rows.limit(); slot = rows.nextLive(slot + 1)) {
            int position = rows.position(slot);
            if (!isGone(position)) {
                consumer.accept(position);
            }
        }
    }

    @Override
    public List<DataType> types() {
        return rows.types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        return changes[0];
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        Scan.rows(rows, consumer);
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public boolean isMaterialized() {
        return true;
    }

    @Override
    public boolean isConsolidated() {
        return false;
    }

    @Override
    public void endStep() {
        for (int i = 0; i < running.size(); i++) {
            if (running.weight(i) < 0) {
                stagedAt.set(rows.slot(running.position(i)), 0);
                rows.free(running.position(i));
            }
        }
        running.reset(rows);
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes() + index.memoryBytes() + stagedAt.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    private boolean isGone(int position) {
        int at = stagedAt.get(rows.slot(position));
        return at == GOING || (at > 0 && staged.weight(at - 1) <= 0);
    }

    private void add(int position, int rowHash, int head) {
        index.add(rowHash, position, head);
        stage(position, 1);
        size++;
    }

    private void remove(int position, int rowHash) {
        index.remove(rowHash, position);
        size--;
        int at = stagedAt.get(rows.slot(position));
        if (at > 0) {
            // It came since the last step, so nobody has seen it.
            staged.weights()[at - 1] = 0;
        } else {
            stage(position, -1);
        }
    }

    private void stage(int position, long weight) {
        staged.append(position, weight);
        stagedAt.set(rows.slot(position), staged.size());
    }

    private int hash(int position) {
        one[0] = position;
        hash.hash(rows, one, 1, hashed);
        return hashed[0];
    }

    private void reserve(int count) {
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
            hashes = new int[positions.length];
        }
    }
}
