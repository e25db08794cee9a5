package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The different values of each group, for all aggregates over the different values of one column, whatever their filters: a value is looked up once for all. Of values
 * that are equal none differ.
 */
final class DistinctPairs {
    private final GroupedValues values;
    private final Groups pairs;
    private int readers;
    private int turn;
    private int size;
    private boolean[] wasThere = new boolean[0];

    DistinctPairs(Argument argument, List<DataType> input, CodeCache cache) {
        values = new GroupedValues(argument, input, List.of(argument.required()), cache);
        List<Integer> all = IntStream.range(0, values.types().size()).boxed().toList();
        pairs = new Groups(values.types(), all, false, List.of(), cache);
    }

    /** Says that one more aggregate reads it. */
    void addReader() {
        readers++;
    }

    /** The layout of the pairs, of which there may be more columns in their store. */
    List<DataType> types() {
        return values.types();
    }

    /** To be called by each reader in turn for each change, before it reads. */
    void add(Batch change, int[] groupOf, Store state) {
        if (turn++ > 0) {
            return;
        }
        Batch added = values.of(change, groupOf, state);
        size = added.size();
        pairs.find(added);
        int count = pairs.touchedCount();
        if (wasThere.length < count) {
            wasThere = new boolean[Math.max(count, wasThere.length * 2)];
        }
        for (int i = 0; i < count; i++) {
            wasThere[i] = pairs.isThere(pairs.touched()[i]);
        }
        pairs.count(added);
        pairs.settle();
    }

    /** To be called by each reader when it has read the change. */
    void finish() {
        if (turn == readers) {
            turn = 0;
            pairs.finish();
        }
    }

    /** The pairs, those that go with the change included. */
    Store store() {
        return pairs.store();
    }

    /** How many entries of the change have a value. */
    int size() {
        return size;
    }

    /** For each entry that has a value, its pair. */
    int[] entries() {
        return pairs.groups();
    }

    /** For each entry that has a value, the slot of its row. */
    int[] slots() {
        return values.slots();
    }

    /** For each entry that has a value, its weight. */
    long[] weights() {
        return values.weights();
    }

    /** Adds the pairs that come and go by the change. */
    void appendChanges(Batch difference) {
        for (int i = 0; i < pairs.touchedCount(); i++) {
            int pair = pairs.touched()[i];
            boolean isThere = pairs.isThere(pair);
            if (isThere != wasThere[i]) {
                difference.append(pair, isThere ? 1 : -1);
            }
        }
    }

    List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(pairs.code());
        code.add(values.code());
        return code;
    }

    long memoryBytes() {
        return pairs.memoryBytes();
    }

    void validate(Store state) {
        pairs.validate();
        Store store = pairs.store();
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            int group = store.ints(GroupedValues.GROUP)[slot >>> Pages.SHIFT][slot & Pages.MASK];
            Validation.require(state.isLive(group), "a value belongs to a group that is there");
        }
    }
}
