package dev.millrace.dataflow.window;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of all partitions in their order, each copy an entry of its own, with the values of the calls in the columns behind its own. An entry stays where it is when a value
 * changes; before the first change in a step the row is copied, and the copy is what goes. Rows that went stay readable until the step has ended.
 */
final class WindowRows {
    private final Store store;
    private final OrderedIndex order;
    private final RowOrder peers;
    private final RowCode copyInput;
    private final RowCode copyAll;
    private final List<Template<?>> code;
    private final Batch output;
    /** The step in which an entry came, and in which it was last revised. */
    private final PagedInts born = new PagedInts();

    private final PagedInts revised = new PagedInts();
    private int step = 1;
    private int[] gone = new int[16];
    private int goneCount;
    private long touched;

    private final int[] source = new int[1];
    private final int[] target = new int[1];
    private final int[] kept = new int[1];

    WindowRows(Plan.Window plan, CodeCache cache) {
        List<DataType> input = plan.input().types();
        List<DataType> all = plan.types();
        OrderTemplate exact = new OrderTemplate(input, plan.order(), true);
        OrderTemplate keys = new OrderTemplate(input, plan.order(), false);
        RowProgram inputCopy = RowProgram.copy(input, columns(input.size()));
        RowProgram wholeCopy = RowProgram.copy(all, columns(all.size()));
        this.store = new Store(all);
        this.order = new OrderedIndex(store, cache.get(exact));
        this.peers = cache.get(keys);
        this.copyInput = cache.get(inputCopy);
        this.copyAll = cache.get(wholeCopy);
        this.code = List.of(exact, keys, inputCopy, wholeCopy);
        this.output = new Batch(store);
    }

    private static List<Integer> columns(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    Store store() {
        return store;
    }

    OrderedIndex order() {
        return order;
    }

    Batch output() {
        return output;
    }

    List<Template<?>> code() {
        return code;
    }

    /** Whether two rows agree in the order's keys. */
    boolean arePeers(int left, int right) {
        return peers.compare(store, left, store, right) == 0;
    }

    /** The order of two rows by the keys alone. */
    int compareKeys(int left, int right) {
        return peers.compare(store, left, store, right);
    }

    /** Adds a copy of a row of another store to a partition; its values are to be written. */
    int insert(int group, Store rows, int position) {
        int entry = store.allocate();
        source[0] = position;
        target[0] = entry;
        copyInput.run(rows, source, null, null, 1, kept, store, target);
        order.add(group, entry);
        born.set(store.slot(entry), step);
        output.append(entry, 1);
        return entry;
    }

    /** Takes a copy of a row of another store from a partition. */
    int remove(int group, Store rows, int position) {
        int entry = order.find(group, rows, position);
        if (entry < 0) {
            throw new IllegalStateException("row " + rows.row(position) + " was retracted and is not there");
        }
        order.remove(group, entry);
        output.append(entry, -1);
        retire(entry);
        return entry;
    }

    /** Whether an entry came in this step. */
    boolean isNew(int entry) {
        return born.get(store.slot(entry)) == step;
    }

    /** Counts an evaluation. */
    void touch() {
        touched++;
    }

    /** How many values were evaluated since it was last asked. */
    long takeTouched() {
        long count = touched;
        touched = 0;
        return count;
    }

    /** Writes an int8 that is not NULL; gives whether it was there before. */
    boolean write(int entry, int column, long value) {
        touch();
        if (!isNew(entry)) {
            int slot = store.slot(entry);
            if (store.longs(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] == value) {
                return true;
            }
            revise(entry);
        }
        int slot = store.slot(entry);
        store.longs(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] = value;
        return false;
    }

    /** Writes an int4 that is not NULL. */
    void write(int entry, int column, int value) {
        touch();
        int slot = store.slot(entry);
        if (!isNew(entry)) {
            if (store.ints(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] == value) {
                return;
            }
            revise(entry);
        }
        store.ints(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] = value;
    }

    /** Writes a float8 that is not NULL. */
    void write(int entry, int column, double value) {
        touch();
        int slot = store.slot(entry);
        if (!isNew(entry)) {
            if (store.doubles(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] == value) {
                return;
            }
            revise(entry);
        }
        store.doubles(column)[slot >>> Pages.SHIFT][slot & Pages.MASK] = value;
    }

    /** Writes a value of a store's row; gives whether an identical one was there before. */
    boolean write(int entry, int column, Cells cells, Store from, int position, int fromColumn) {
        touch();
        if (!isNew(entry)) {
            if (cells.identical(store, entry, column, from, position, fromColumn)) {
                return true;
            }
            revise(entry);
        }
        cells.copy(from, position, fromColumn, store, entry, column);
        return false;
    }

    /** Writes NULL; gives whether it was there before. */
    boolean writeNull(int entry, int column) {
        touch();
        if (!isNew(entry)) {
            if (store.isNull(entry, column)) {
                return true;
            }
            revise(entry);
        }
        store.setNull(store.slot(entry), column);
        return false;
    }

    /** Frees what went. Entries that come from now on are of another step. */
    void endStep() {
        for (int i = 0; i < goneCount; i++) {
            store.free(gone[i]);
        }
        goneCount = 0;
        output.reset(store);
        step++;
    }

    long memoryBytes() {
        return store.memoryBytes() + order.memoryBytes() + born.memoryBytes() + revised.memoryBytes();
    }

    /** Keeps what an entry was, if it was not yet in this step. */
    private void revise(int entry) {
        int slot = store.slot(entry);
        if (revised.get(slot) != step) {
            revised.set(slot, step);
            int former = store.allocate();
            source[0] = entry;
            target[0] = former;
            copyAll.run(store, source, null, null, 1, kept, store, target);
            output.append(former, -1);
            output.append(entry, 1);
            retire(former);
        }
        store.touch(entry);
    }

    private void retire(int position) {
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, goneCount * 2);
        }
        gone[goneCount++] = position;
    }
}
