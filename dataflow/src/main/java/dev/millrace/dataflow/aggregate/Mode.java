package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code mode}: the value that is there most often, the first in order of those that are. Each different value is a row with the number of its copies, in the order of that number, most first, then of the value;
 * one whose number changes leaves its place before and takes the new one after, in O(log n).
 */
final class Mode implements Accumulator {
    private final GroupedValues values;
    private final Groups pairs;
    private final OrderTemplate order;
    private final OrderedIndex index;
    private int[] found = new int[0];

    /** @param descending whether of values that are there as often the greatest comes first */
    Mode(GroupedValues values, boolean descending, CodeCache cache) {
        List<Integer> all = IntStream.range(0, values.types().size()).boxed().toList();
        this.values = values;
        this.pairs = new Groups(values.types(), all, false, List.of(), cache);
        List<DataType> counted = new ArrayList<>(values.types());
        counted.add(DataType.INT8);
        List<SortKey> keys = List.of(
                new SortKey(pairs.rowsColumn(), true, true), new SortKey(GroupedValues.VALUE, descending, descending));
        this.order = new OrderTemplate(counted, keys, true);
        this.index = new OrderedIndex(pairs.store(), cache.get(order));
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public List<DataType> state() {
        return List.of();
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        Batch added = values.of(change, groupOf, state);
        pairs.find(added);
        for (int i = 0; i < pairs.touchedCount(); i++) {
            if (pairs.isThere(pairs.touched()[i])) {
                index.remove(group(pairs.touched()[i]), pairs.touched()[i]);
            }
        }
        pairs.count(added);
        pairs.settle();
        for (int i = 0; i < pairs.touchedCount(); i++) {
            if (pairs.isThere(pairs.touched()[i])) {
                index.add(group(pairs.touched()[i]), pairs.touched()[i]);
            }
        }
        pairs.finish();
    }

    private int group(int pair) {
        int slot = pairs.store().slot(pair);
        return pairs.store().ints(GroupedValues.GROUP)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        if (found.length < count) {
            found = new int[Math.max(count, found.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            found[i] = index.first(state.slot(groups[i]));
        }
        ColumnCopy.copy(pairs.store(), GroupedValues.VALUE, found, count, output, column, outputs);
    }

    @Override
    public List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(pairs.code());
        code.add(values.code());
        code.add(order);
        return code;
    }

    @Override
    public long memoryBytes() {
        return pairs.memoryBytes() + index.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        pairs.validate();
        index.validate();
        Store store = pairs.store();
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            int group = store.ints(GroupedValues.GROUP)[slot >>> Pages.SHIFT][slot & Pages.MASK];
            Validation.require(state.isLive(group), "a value belongs to a group that is there");
        }
    }
}
