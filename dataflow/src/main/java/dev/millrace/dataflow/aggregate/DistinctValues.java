package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.Stream;

/** {@code f(DISTINCT x)}: passes each different value of a group on once, while it is there; expected O(1) a change. */
final class DistinctValues implements Accumulator {
    private final GroupedValues values;
    private final DistinctRows different;
    private final Accumulator function;
    private int[] groups = new int[0];

    /** @param function takes the values as column {@link GroupedValues#VALUE} */
    DistinctValues(GroupedValues values, Accumulator function, CodeCache cache) {
        this.values = values;
        this.different = new DistinctRows(values.types(), cache);
        this.function = function;
    }

    @Override
    public boolean mayFail() {
        return function.mayFail();
    }

    @Override
    public List<DataType> state() {
        return function.state();
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        Batch difference = different.add(values.of(change, groupOf, state));
        int count = difference.size();
        if (groups.length < count) {
            groups = new int[Math.max(count, groups.length * 2)];
        }
        int[][] slots = difference.store().ints(GroupedValues.GROUP);
        for (int i = 0; i < count; i++) {
            int pair = difference.store().slot(difference.position(i));
            groups[i] = state.position(slots[pair >>> Pages.SHIFT][pair & Pages.MASK]);
        }
        function.add(difference, groups, state);
    }

    @Override
    public void results(Store state, int[] groupOf, int count, Store output, int column, int[] outputs) {
        function.results(state, groupOf, count, output, column, outputs);
    }

    @Override
    public List<Template<?>> code() {
        return Stream.of(List.of(values.code()), different.code(), function.code())
                .<Template<?>>flatMap(List::stream)
                .toList();
    }

    @Override
    public long memoryBytes() {
        return different.memoryBytes() + function.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        different.validate();
        different.enumerate(pairs -> {
            int[][] slots = pairs.store().ints(GroupedValues.GROUP);
            for (int i = 0; i < pairs.size(); i++) {
                int pair = pairs.store().slot(pairs.position(i));
                int group = slots[pair >>> Pages.SHIFT][pair & Pages.MASK];
                Validation.require(state.isLive(group), "a value belongs to a group that is there");
            }
        });
        function.validate(state);
    }
}
