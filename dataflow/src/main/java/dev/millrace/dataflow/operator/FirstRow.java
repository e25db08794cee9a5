package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowOrder;
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
 * The first row of each group of an input that is only added to: a {@link TopK} of one row, whose state is just these. The rule is {@code first(A + ΔA) = min(first A, first ΔA)}, in the order
 * with ties broken by all columns. O(|ΔA|), and of a change only the rows that are shown afterwards are copied.
 */
final class FirstRow implements Operator {
    private final List<DataType> types;
    private final GroupKeys groups;
    private final Store rows;
    private final RowOrder order;
    private final RowCode copy;
    private final List<Template<?>> code;
    private final WorkMeter meter;
    /** For each group the position of its row, plus one. */
    private final PagedInts first = new PagedInts();
    /** For each group the entry of the running change that comes before its row, plus one; 0 if there is none. */
    private final PagedInts better = new PagedInts();

    private final Batch output;
    /** The rows that were replaced; they stay for who is told of the change. */
    private final Entries gone = new Entries();

    private int[] groupOf = new int[0];
    /** The groups with a new first row, and where that comes from and goes to. */
    private int[] changed = new int[0];

    private int[] sources = new int[0];
    private int[] targets = new int[0];
    private int[] kept = new int[0];

    FirstRow(Plan.TopK plan, CodeCache cache, WorkMeter meter) {
        this.types = plan.types();
        this.meter = meter;
        this.groups = new GroupKeys(types, plan.groups(), cache);
        OrderTemplate ordering = new OrderTemplate(types, plan.order(), true);
        RowProgram copying =
                RowProgram.copy(types, IntStream.range(0, types.size()).boxed().toList());
        this.order = cache.get(ordering);
        this.copy = cache.get(copying);
        this.code = new ArrayList<>(groups.code());
        this.code.addAll(List.of(ordering, copying));
        this.rows = new Store(types);
        this.output = new Batch(rows);
    }

    /** Whether this does what a plan says. */
    static boolean does(Plan.TopK plan, boolean appendOnly) {
        return appendOnly && !plan.numbered() && plan.offset() == 0 && plan.limit() == 1;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch change = changes[0];
        output.reset(rows);
        reserve(change.size());
        groups.find(change, groupOf);
        replace(change, findBetter(change));
        meter.add(change.size() + (long) output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        meter.add(rows.size());
        Scan.rows(rows, consumer);
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
        for (int i = 0; i < gone.size(); i++) {
            rows.free(gone.positions()[i]);
        }
        gone.clear();
        output.reset(rows);
    }

    @Override
    public long memoryBytes() {
        return groups.memoryBytes() + rows.memoryBytes() + first.memoryBytes() + better.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    @Override
    public void validate() {
        int found = 0;
        for (int group = groups.next(0); group < groups.limit(); group = groups.next(group + 1)) {
            found++;
            if (first.get(group) == 0 || better.get(group) != 0) {
                throw new IllegalStateException("a group without its row");
            }
        }
        if (found != rows.size()) {
            throw new IllegalStateException(rows.size() + " rows of " + found + " groups");
        }
    }

    /** Finds the groups with a new first row, and which entry that is; returns how many they are. */
    private int findBetter(Batch change) {
        Store input = change.store();
        int count = 0;
        for (int i = 0; i < change.size(); i++) {
            int position = change.position(i);
            if (change.weight(i) < 0) {
                throw new IllegalStateException(
                        "row " + input.row(position) + " was retracted where rows are only added");
            }
            int group = groupOf[i];
            int entry = better.get(group) - 1;
            int row = first.get(group) - 1;
            boolean isFirst = entry >= 0
                    ? isBefore(input, position, input, change.position(entry))
                    : row < 0 || isBefore(input, position, rows, row);
            if (isFirst) {
                changed[count] = group;
                count += entry < 0 ? 1 : 0;
                better.set(group, i + 1);
            }
        }
        return count;
    }

    private void replace(Batch change, int count) {
        for (int i = 0; i < count; i++) {
            sources[i] = change.position(better.get(changed[i]) - 1);
            better.set(changed[i], 0);
        }
        rows.allocate(count, targets);
        copy.run(change.store(), sources, null, null, count, kept, rows, targets);
        for (int i = 0; i < count; i++) {
            int row = first.get(changed[i]) - 1;
            if (row >= 0) {
                output.append(row, -1);
                gone.add(row, 0);
            }
            output.append(targets[i], 1);
            first.set(changed[i], targets[i] + 1);
        }
    }

    private boolean isBefore(Store store, int position, Store other, int otherPosition) {
        long prefix = order.prefix(store, position);
        long otherPrefix = order.prefix(other, otherPosition);
        return prefix == otherPrefix ? order.compare(store, position, other, otherPosition) < 0 : prefix < otherPrefix;
    }

    private void reserve(int entries) {
        if (groupOf.length < entries) {
            int capacity = Math.max(entries, groupOf.length * 2);
            groupOf = new int[capacity];
            changed = new int[capacity];
            sources = new int[capacity];
            targets = new int[capacity];
            kept = new int[capacity];
        }
    }
}
