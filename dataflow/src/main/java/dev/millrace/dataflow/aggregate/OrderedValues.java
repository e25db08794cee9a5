package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of each group in an order. Values that are equal but not identical are told apart and ordered by how they are shown. O(log n) for a
 * value that comes or goes, expected O(1) for another copy of one.
 */
final class OrderedValues {
    private final GroupedValues values;
    private final Groups pairs;
    private final OrderTemplate order;
    private final OrderedIndex index;
    /** Whether ranks are those of the copies. */
    private final boolean counted;

    private long[] before = new long[0];

    /** Ascending, null the greatest. */
    OrderedValues(GroupedValues values, CodeCache cache) {
        this(values, List.of(new SortKey(GroupedValues.VALUE, false, false)), cache);
    }

    /** @param keys by columns of the pairs; those that tie are ordered by all columns */
    OrderedValues(GroupedValues values, List<SortKey> keys, CodeCache cache) {
        this(values, keys, false, cache);
    }

    /** Those of which a cursor finds each copy by its rank. */
    static OrderedValues counted(GroupedValues values, List<SortKey> keys, CodeCache cache) {
        return new OrderedValues(values, keys, true, cache);
    }

    private OrderedValues(GroupedValues values, List<SortKey> keys, boolean counted, CodeCache cache) {
        List<Integer> all = IntStream.range(0, values.types().size()).boxed().toList();
        this.values = values;
        this.pairs = new Groups(values.types(), all, true, List.of(), cache);
        this.order = new OrderTemplate(values.types(), keys, true);
        this.index = new OrderedIndex(pairs.store(), cache.get(order));
        this.counted = counted;
    }

    void add(Batch change, int[] groupOf, Store state) {
        Batch added = values.of(change, groupOf, state);
        pairs.find(added);
        int count = pairs.touchedCount();
        int[] touched = pairs.touched();
        if (before.length < count) {
            before = new long[Math.max(count, before.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            before[i] = weight(touched[i]);
        }
        pairs.count(added);
        pairs.settle();
        int[][] groups = pairs.store().ints(GroupedValues.GROUP);
        for (int i = 0; i < count; i++) {
            long weight = weight(touched[i]);
            if (weight != before[i]) {
                int slot = pairs.store().slot(touched[i]);
                int group = groups[slot >>> Pages.SHIFT][slot & Pages.MASK];
                if (before[i] == 0) {
                    index.add(group, touched[i], weight);
                } else if (weight == 0) {
                    index.remove(group, touched[i]);
                } else {
                    index.reweigh(group, touched[i], weight - before[i]);
                }
            }
        }
        pairs.finish();
    }

    /** Of an entry of the index, 0 if it is none. */
    private long weight(int position) {
        return counted ? copies(position) : pairs.isThere(position) ? 1 : 0;
    }

    /** How many values the group in a slot has: their copies, if these are counted. */
    long count(int group) {
        return index.count(group);
    }

    /** The pairs, whose column {@link GroupedValues#VALUE} is the value. */
    Store store() {
        return pairs.store();
    }

    /** The position of the least value of the group in a slot, or -1 if it has none. */
    int first(int group) {
        return index.first(group);
    }

    /** The position of the greatest value of the group in a slot, or -1 if it has none. */
    int last(int group) {
        return index.last(group);
    }

    /** Goes through the values of a group. */
    OrderedCursor cursor() {
        return index.cursor();
    }

    /** How often a value is there. */
    long copies(int position) {
        int slot = pairs.store().slot(position);
        return pairs.store().longs(pairs.rowsColumn())[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(pairs.code());
        code.add(values.code());
        code.add(order);
        return code;
    }

    long memoryBytes() {
        return pairs.memoryBytes() + index.memoryBytes();
    }

    void validate(Store state) {
        pairs.validate();
        index.validate();
        Store store = pairs.store();
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            int group = store.ints(GroupedValues.GROUP)[slot >>> Pages.SHIFT][slot & Pages.MASK];
            Validation.require(state.isLive(group), "a value belongs to a group that is there");
        }
    }
}
