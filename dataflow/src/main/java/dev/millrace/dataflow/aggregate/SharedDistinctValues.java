package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code f(DISTINCT x) FILTER (WHERE c)}: passes each different value of a group on once, while it is there with a row for which the filter is TRUE. The values are looked up with those of
 * other aggregates over the same column ({@link DistinctPairs}); with a filter, this counts the rows of each. Expected O(1) a change.
 */
final class SharedDistinctValues implements Accumulator {
    private final DistinctPairs pairs;
    private final boolean isOwner;
    private final Accumulator function;
    /** Which rows are counted; null if all are. */
    private final @Nullable Argument filtered;

    private final PagedLongs counts = new PagedLongs();
    private final Batch difference;
    private int[] groups = new int[0];

    /**
     * Of the values of an argument.
     *
     * @param isOwner whether the pairs' memory is counted as this one's
     * @param function takes the values as column {@link GroupedValues#VALUE}
     */
    SharedDistinctValues(DistinctPairs pairs, boolean isOwner, Argument argument, Accumulator function) {
        this.pairs = pairs;
        this.isOwner = isOwner;
        this.function = function;
        this.filtered = argument.filter().isPresent() ? argument : null;
        this.difference = new Batch(pairs.store());
        pairs.addReader();
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
        pairs.add(change, groupOf, state);
        difference.reset(pairs.store());
        if (filtered == null) {
            pairs.appendChanges(difference);
        } else {
            count(filtered.in(change.store()));
        }
        int size = difference.size();
        if (groups.length < size) {
            groups = new int[Math.max(size, groups.length * 2)];
        }
        int[][] slots = pairs.store().ints(GroupedValues.GROUP);
        for (int i = 0; i < size; i++) {
            int pair = pairs.store().slot(difference.position(i));
            groups[i] = state.position(slots[pair >>> Pages.SHIFT][pair & Pages.MASK]);
        }
        function.add(difference, groups, state);
        pairs.finish();
    }

    /** Entry by entry: as no sum on the way is negative, a value comes with the first row and goes with the last. */
    private void count(Argument.Presence presence) {
        Store store = pairs.store();
        long[][] pages = counts.pages(store.limit());
        int[] slots = pairs.slots();
        int[] entries = pairs.entries();
        long[] weights = pairs.weights();
        difference.reserve(pairs.size());
        int changes = 0;
        long signs = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int pair = store.slot(entries[i]);
            long[] page = pages[pair >>> Pages.SHIFT];
            long before = page[pair & Pages.MASK];
            long after = before + (presence.has(slots[i]) ? weights[i] : 0);
            page[pair & Pages.MASK] = after;
            signs |= after;
            // Written whether it changes or not: cheaper than a branch that is hard to foretell.
            difference.positions()[changes] = entries[i];
            difference.weights()[changes] = before == 0 ? 1 : -1;
            changes += (before == 0) == (after == 0) ? 0 : 1;
        }
        Validation.require(signs >= 0, "no more rows of a value go than there were");
        difference.size(changes);
    }

    @Override
    public void results(Store state, int[] groupOf, int count, Store output, int column, int[] outputs) {
        function.results(state, groupOf, count, output, column, outputs);
    }

    @Override
    public List<Template<?>> code() {
        return isOwner
                ? Stream.concat(pairs.code().stream(), function.code().stream()).toList()
                : function.code();
    }

    @Override
    public long memoryBytes() {
        return (isOwner ? pairs.memoryBytes() : 0) + counts.memoryBytes() + function.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        pairs.validate(state);
        for (int slot = 0; filtered != null && slot < pairs.store().limit(); slot++) {
            Validation.require(counts.get(slot) == 0 || pairs.store().isLive(slot), "a value with rows is there");
        }
        function.validate(state);
    }
}
