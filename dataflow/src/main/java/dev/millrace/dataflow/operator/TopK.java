package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows {@code offset} to {@code offset + limit} of each group in an order, ties broken by all columns; a row of weight {@code w} has {@code w} ranks. The
 * state is the input, a group's first {@code offset + limit} rows in order and the others not ({@link RankedRows}); of an input that is only added to, those are
 * all that is kept.
 *
 * <p>The rule is, for each group that a change touches, {@code Δtop(A) = top(A + ΔA) − top(A)}. A change behind the window gives nothing, and costs O(1). Another costs
 * O(log |A|), amortised, plus the rows that enter and leave by it ({@link PlainWindow}). With numbers, a step costs a group also the rows of its window behind
 * the first changed one, as their numbers may be others ({@link NumberedWindow}).
 */
final class TopK implements Operator {
    private final List<DataType> types;
    private final boolean numbered;
    private final boolean empty;
    private final boolean appendOnly;
    private final GroupKeys groups;
    private final RankedRows ranked;
    private final Window window;
    private final WorkMeter meter;
    private final List<Template<?>> code = new ArrayList<>();

    /** The group of each entry of a change. */
    private int[] groupOf = new int[0];
    /** The entries of a change that may reach a window. */
    private int[] near = new int[0];

    private int nearCount;
    /** For each group the first of these entries that is its, plus one, and for each of them the next; 0 if there is none. */
    private final PagedInts first = new PagedInts();

    private int[] next = new int[0];
    /** The rows of a change to be copied: where they are, what entry they are of (its complement if it may reach a window) and where they go. */
    private int[] sources = new int[0];

    private int[] sourceEntries = new int[0];
    private int[] targets = new int[0];
    /** For each entry that may reach a window and adds copies, where it was copied to. */
    private int[] copyOf = new int[0];

    /** @param appendOnly whether no row of the input is ever taken back; then only those of the windows are kept */
    TopK(Plan.TopK plan, boolean appendOnly, CodeCache cache, WorkMeter meter) {
        if (plan.offset() < 0 || plan.limit() < 0) {
            throw new IllegalArgumentException("negative offset or limit: " + plan.offset() + ", " + plan.limit());
        }
        List<DataType> inputTypes = plan.input().types();
        long end = plan.offset() + Math.min(plan.limit(), Long.MAX_VALUE - plan.offset());
        this.types = plan.types();
        this.numbered = plan.numbered();
        this.empty = plan.limit() == 0;
        this.appendOnly = appendOnly;
        this.meter = meter;
        this.groups = new GroupKeys(inputTypes, plan.groups(), cache);
        this.ranked = new RankedRows(inputTypes, plan.order(), end, appendOnly, cache, meter);
        RowProgram copying = RowProgram.copy(
                inputTypes, IntStream.range(0, inputTypes.size()).boxed().toList());
        this.window = numbered
                ? new NumberedWindow(ranked.rows(), ranked.head(), types, cache.get(copying), plan.offset(), end)
                : new PlainWindow(ranked.rows(), ranked.head(), plan.offset(), end);
        code.addAll(groups.code());
        code.addAll(ranked.code());
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch change = changes[0];
        window.clear();
        if (!empty && !change.isEmpty()) {
            reserve(change.size());
            groups.find(change, groupOf);
            int copied = part(change);
            ranked.copy(change.store(), sources, copied, targets);
            addBehind(change, copied);
            link();
            for (int i = 0; i < nearCount; i++) {
                int group = groupOf[near[i]];
                if (first.get(group) != 0) {
                    changeGroup(change, group);
                }
            }
        }
        Batch result = window.changes();
        meter.add(change.size() + (long) result.size());
        return result;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        window.clear();
        for (int group = groups.next(0); group < groups.limit(); group = groups.next(group + 1)) {
            window.enumerate(group, consumer);
        }
        window.finish(consumer);
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isMaterialized() {
        return true;
    }

    @Override
    public void endStep() {
        window.clear();
        ranked.endStep();
    }

    @Override
    public long memoryBytes() {
        return groups.memoryBytes() + ranked.memoryBytes() + first.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    @Override
    public void validate() {
        ranked.validate(groups);
    }

    /** Parts the entries that are behind their windows for certain from the others, and finds which are to be copied. */
    private int part(Batch change) {
        Store rows = change.store();
        int[] positions = change.positions();
        long[] weights = change.weights();
        int count = change.size();
        int copied = 0;
        nearCount = 0;
        for (int i = 0; i < count; i++) {
            if (appendOnly && weights[i] < 0) {
                throw new IllegalStateException(
                        "row " + rows.row(positions[i]) + " was retracted where rows are only added");
            }
            boolean behind = ranked.prefix(rows, positions[i]) > ranked.bound(groupOf[i]);
            if (!behind) {
                near[nearCount++] = i;
            }
            if (behind ? !appendOnly : weights[i] > 0) {
                sources[copied] = positions[i];
                sourceEntries[copied++] = behind ? i : ~i;
            }
        }
        return copied;
    }

    private void addBehind(Batch change, int copied) {
        long[] weights = change.weights();
        boolean retracted = false;
        for (int i = 0; i < copied; i++) {
            int entry = sourceEntries[i];
            if (entry >= 0) {
                ranked.addBehind(groupOf[entry], targets[i], weights[entry]);
                retracted |= weights[entry] < 0;
            } else {
                copyOf[~entry] = targets[i];
            }
        }
        for (int i = 0; retracted && i < copied; i++) {
            int entry = sourceEntries[i];
            if (entry >= 0 && weights[entry] < 0 && ranked.hasManyRetractions(groupOf[entry])) {
                ranked.settle(groupOf[entry], 0);
            }
        }
    }

    /** Links the entries of each group, in their order. */
    private void link() {
        for (int i = nearCount - 1; i >= 0; i--) {
            int group = groupOf[near[i]];
            next[near[i]] = first.get(group);
            first.set(group, near[i] + 1);
        }
    }

    /** Makes the changes of a group that has entries. */
    private void changeGroup(Batch change, int group) {
        int head = first.get(group);
        first.set(group, 0);
        long lowest = Long.MAX_VALUE;
        for (int entry = head - 1; numbered && entry >= 0; entry = next[entry] - 1) {
            lowest = Math.min(lowest, ranked.head().rank(group, change.store(), change.position(entry)));
        }
        window.begin(group, lowest);
        int changes = 0;
        for (int entry = head - 1; entry >= 0; entry = next[entry] - 1) {
            changeRow(group, change, entry);
            changes++;
        }
        window.end(group);
        if (!ranked.settle(group, changes)) {
            groups.free(group);
        }
    }

    private void changeRow(int group, Batch change, int index) {
        Store rows = change.store();
        int position = change.position(index);
        long weight = change.weight(index);
        ranked.find(group, rows, position);
        if (ranked.isBehind()) {
            if (weight > 0) {
                ranked.addBehind(group, copyOf[index], weight);
            } else {
                ranked.retractBehind(group, rows, position, weight);
            }
            return;
        }
        long rank = ranked.rank();
        int entry =
                weight > 0 ? ranked.add(group, copyOf[index], weight) : ranked.retract(group, rows, position, weight);
        window.change(group, rank, entry, weight);
    }

    private void reserve(int entries) {
        if (groupOf.length < entries) {
            int capacity = Math.max(entries, groupOf.length * 2);
            groupOf = new int[capacity];
            near = new int[capacity];
            next = new int[capacity];
            sources = new int[capacity];
            sourceEntries = new int[capacity];
            targets = new int[capacity];
            copyOf = new int[capacity];
        }
    }
}
