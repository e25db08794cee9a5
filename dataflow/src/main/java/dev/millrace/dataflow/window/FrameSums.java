package dev.millrace.dataflow.window;

import dev.millrace.dataflow.aggregate.Accumulator;
import dev.millrace.dataflow.aggregate.Accumulators;
import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Aggregates over one frame whose accumulators give back what they took: sums, counts, averages, variances. Of each row what the accumulators know of its frame is kept. That of the next row is
 * a copy to which is added what its frame has more and from which is taken what it has less; or, where that is more than the frame itself, it is summed up anew. A row of whose frame an aggregate
 * has no value has an error and NULL in the value's place, so that it stays where it is.
 */
final class FrameSums extends FrameWalk {
    private static final int PART = 1024;
    /** How many rows are in the frame; the first column of what is known of it. */
    private static final int ROWS = 0;

    private final int[] columns;
    private final Cells[] cells;
    private final List<Accumulator> accumulators;
    private final Store state;
    private final RowCode copy;
    private final RowMatch identical;
    private final List<Template<?>> code = new ArrayList<>();
    /** What is known of an empty frame. */
    private final int empty;
    /** Of each row's slot, where it is in the state, plus 1. */
    private final PagedInts stateOf = new PagedInts();

    private final Ranks members;
    private final Batch moved;
    private int[] target = new int[16];
    private final int[] source = new int[1];
    private final int[] copied = new int[1];
    private final int[] kept = new int[1];
    /** What is known of the last row: a position in the state. */
    private int known;

    private long knownStart;
    private long knownEnd;
    /** Rows whose values are to be written, and what is known of them. */
    private final int[] entries = new int[PART];

    private final int[] states = new int[PART];
    private final int[] resultRows = new int[PART];
    private int pending;
    private final Store results;
    private final DataErrors errors;
    private final List<String> names;
    private final List<DataType> input;
    /** The row's own columns. */
    private final int[] own;
    /** The errors of rows that have some, by the row's position. */
    private final Map<Integer, List<DataError>> failing = new HashMap<>();

    private final int[] one = new int[1];
    private final int[] place = new int[1];

    /**
     * @param columns where the values of the plan's calls go
     * @param names what they are called in errors
     */
    FrameSums(
            Plan.Aggregate plan,
            int[] columns,
            List<String> names,
            Frame frame,
            WindowRows rows,
            DataErrors errors,
            CodeCache cache) {
        super(frame, rows);
        this.names = names;
        this.errors = errors;
        this.input = plan.input().types();
        this.own = IntStream.range(0, input.size()).toArray();
        this.columns = columns;
        this.cells = plan.calls().stream().map(call -> new Cells(call.type())).toArray(Cells[]::new);
        this.accumulators = Accumulators.create(plan, false, cache);
        List<DataType> layout = new ArrayList<>(List.of(DataType.INT8));
        accumulators.forEach(accumulator -> layout.addAll(accumulator.state()));
        this.state = new Store(layout);
        this.results = Store.scratch(plan.types());
        RowProgram copying = RowProgram.copy(
                layout, IntStream.range(0, layout.size()).boxed().toList());
        MatchTemplate matching = MatchTemplate.identity(layout);
        this.copy = cache.get(copying);
        this.identical = cache.get(matching);
        this.code.add(copying);
        this.code.add(matching);
        accumulators.forEach(accumulator -> code.addAll(accumulator.code()));
        // The first row of a store is all zeros.
        this.empty = state.allocate();
        this.known = empty;
        this.members = new Ranks(rows.order());
        this.moved = new Batch(rows.store());
    }

    @Override
    void begin(PartitionChange change) {
        super.begin(change);
        members.begin(change);
        for (int i = 0; i < change.count(); i++) {
            if (!change.isInserted(i)) {
                forget(change.entry(i));
            }
        }
    }

    @Override
    void restart() {
        known = empty;
        knownStart = 0;
        knownEnd = 0;
    }

    @Override
    void resume(int entry, long start, long end) {
        known = stateOf.get(rows.store().slot(entry)) - 1;
        knownStart = start;
        knownEnd = end;
    }

    @Override
    boolean step(int entry, long start, long end) {
        rows.touch();
        moved.reset(rows.store());
        long gained = Math.max(0, knownStart - start) + Math.max(0, end - knownEnd);
        long lost = Math.max(0, start - knownStart) + Math.max(0, knownEnd - end);
        int from = known;
        if (gained + lost > end - start) {
            from = empty;
            move(start, end, 1);
        } else {
            move(start, knownStart, 1);
            move(knownEnd, end, 1);
            move(knownStart, start, -1);
            move(end, knownEnd, -1);
        }
        knownStart = start;
        knownEnd = end;
        return assign(entry, after(from));
    }

    @Override
    void evaluatePartition(PartitionChange change) {
        long old = 0;
        while (old < change.size() && rows.isNew(ranks.at(old))) {
            old++;
        }
        moved.reset(rows.store());
        boolean follows = old < change.size();
        for (int i = 0; follows && i < change.count(); i++) {
            moved.append(change.entry(i), change.isInserted(i) ? 1 : -1);
        }
        if (!follows) {
            move(0, change.size(), 1);
        }
        int former = follows ? stateOf.get(rows.store().slot(ranks.at(old))) - 1 : empty;
        int all = after(former);
        moved.reset(rows.store());
        if (follows && identical.matches(state, former, state, all)) {
            for (int i = 0; i < change.count(); i++) {
                if (change.isInserted(i)) {
                    assign(change.entry(i), after(all));
                }
            }
        } else {
            for (long rank = 0; rank < change.size(); rank++) {
                rows.touch();
                assign(ranks.at(rank), after(all));
            }
        }
        state.free(all);
    }

    @Override
    void finish() {
        flush();
    }

    @Override
    List<Template<?>> code() {
        return code;
    }

    @Override
    long memoryBytes() {
        return state.memoryBytes() + stateOf.memoryBytes();
    }

    @Override
    void validate() {
        if (state.size() != rows.store().size() + 1) {
            throw new IllegalStateException(
                    "there are " + state.size() + " states of " + rows.store().size() + " rows and none");
        }
    }

    private void move(long from, long to, long weight) {
        for (long rank = from; rank < to; rank++) {
            rows.touch();
            moved.append(members.at(rank), weight);
        }
    }

    /** A new state: a copy of another, with what was moved. */
    private int after(int other) {
        int next = state.allocate();
        source[0] = other;
        copied[0] = next;
        copy.run(state, source, null, null, 1, kept, state, copied);
        if (!moved.isEmpty()) {
            if (target.length < moved.size()) {
                target = new int[Math.max(moved.size(), target.length * 2)];
            }
            Arrays.fill(target, 0, moved.size(), next);
            int slot = state.slot(next);
            for (int i = 0; i < moved.size(); i++) {
                state.longs(ROWS)[slot >>> Pages.SHIFT][slot & Pages.MASK] += moved.weight(i);
            }
            for (Accumulator accumulator : accumulators) {
                accumulator.add(moved, target, state);
            }
        }
        return next;
    }

    /** Makes a state that of a row; gives whether the row had one that was the same. */
    private boolean assign(int entry, int next) {
        int slot = rows.store().slot(entry);
        int former = stateOf.get(slot) - 1;
        if (former >= 0 && identical.matches(state, former, state, next)) {
            state.free(next);
            known = former;
            return true;
        }
        if (former >= 0) {
            state.free(former);
        }
        stateOf.set(slot, next + 1);
        known = next;
        entries[pending] = entry;
        states[pending++] = next;
        if (pending == PART) {
            flush();
        }
        return false;
    }

    private void forget(int entry) {
        int slot = rows.store().slot(entry);
        state.free(stateOf.get(slot) - 1);
        stateOf.set(slot, 0);
        recover(entry);
    }

    /** Takes the errors of a row back. */
    private void recover(int entry) {
        if (!failing.isEmpty()) {
            List<DataError> gone = failing.remove(entry);
            if (gone != null) {
                gone.forEach(error -> errors.add(error, -1));
            }
        }
    }

    private void flush() {
        if (pending == 0) {
            return;
        }
        results.allocate(pending, resultRows);
        for (int row = 0; row < pending; row++) {
            recover(entries[row]);
        }
        for (int i = 0; i < columns.length; i++) {
            try {
                accumulators.get(i).results(state, states, pending, results, i, resultRows);
            } catch (MillraceException failure) {
                writeOneByOne(i, failure);
                continue;
            }
            for (int row = 0; row < pending; row++) {
                rows.write(entries[row], columns[i], cells[i], results, resultRows[row], i);
            }
        }
        results.clear();
        pending = 0;
    }

    /** Writes what there is of an aggregate that some frame has no value of. */
    private void writeOneByOne(int index, MillraceException first) {
        if (!DataErrors.isOne(first)) {
            throw first;
        }
        for (int row = 0; row < pending; row++) {
            one[0] = states[row];
            place[0] = results.allocate();
            try {
                accumulators.get(index).results(state, one, 1, results, index, place);
                rows.write(entries[row], columns[index], cells[index], results, place[0], index);
            } catch (MillraceException failure) {
                Row values = rows.store().row(entries[row]).project(own);
                DataError error = DataError.ofRow(failure, names.get(index), values, input);
                failing.computeIfAbsent(entries[row], _ -> new ArrayList<>()).add(error);
                errors.add(error, 1);
                rows.writeNull(entries[row], columns[index]);
            }
        }
    }
}
