package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.index.RowMultiset;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.TimeCondition;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedBits;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows with what they are to the clock: {@code f(A, now)} is each row of {@code A} with its conditions at {@code now}, and
 * {@code Δf = f(ΔA⁻, before) + f(waiting, now) - f(waiting, before) + f(ΔA⁺, now)}, where the waiting are those rows of which a condition changes between the two times. The state is the rows of
 * which one changes at a later time, in the order of these times; what is as it will stay is not kept. So a change takes O(|ΔA| log n), and time that passes O(k log n) for the k rows that it
 * changes, whatever the number of those that wait.
 */
final class Timed implements Operator, Timer {
    private static final Interval NO_SHIFT = Interval.ZERO;

    private final Operator input;
    private final List<TimeCondition> conditions;
    private final int width;
    /** The last column, until when the conditions are as they are. */
    private final int until;

    private final RowCode copyInput;
    private final RowCode copyWaiting;
    private final List<Template<?>> code;
    private final Alarms.Alarm alarm;
    private final WorkMeter meter;
    private final RowMultiset waiting;
    private final OrderedIndex order;
    /** The slots of waiting rows that are in the order. */
    private final PagedBits ordered = new PagedBits();

    private final Batch output;
    /** Rows of the output that come to wait, or wait no longer. */
    private final Batch moved;

    /** The time that the output is of. */
    private long at;

    private int[] targets = new int[1];
    private int[] kept = new int[1];
    private int[] places = new int[0];
    private final int[] one = new int[1];
    private final int[] copy = new int[1];

    Timed(Plan.Timed plan, Operator input, CodeCache cache, Alarms alarms, WorkMeter meter) {
        List<DataType> types = plan.types();
        this.input = input;
        this.conditions = plan.conditions();
        this.width = plan.input().types().size();
        this.until = types.size() - 1;
        this.alarm = alarms.create();
        this.meter = meter;
        RowProgram fromInput = RowProgram.copy(plan.input().types(), columns(width));
        RowProgram fromWaiting = RowProgram.copy(types, columns(types.size()));
        OrderTemplate ordering = new OrderTemplate(types, List.of(new SortKey(until, false, false)), false);
        this.copyInput = cache.get(fromInput);
        this.copyWaiting = cache.get(fromWaiting);
        this.waiting = new RowMultiset(types, cache);
        this.order = new OrderedIndex(waiting.store(), cache.get(ordering));
        this.code = new ArrayList<>(waiting.code());
        this.code.addAll(List.of(fromInput, fromWaiting, ordering));
        this.output = new Batch(Store.scratch(types));
        this.moved = new Batch(output.store());
        this.at = alarm.now();
    }

    private static List<Integer> columns(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Override
    public Alarms.Alarm alarm() {
        return alarm;
    }

    @Override
    public List<DataType> types() {
        return output.store().types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        long before = at;
        at = alarm.now();
        append(changes[0], before, at);
        moved.reset(output.store());
        int arrived = output.size();
        for (int i = 0; i < arrived; i++) {
            if (output.weight(i) < 0) {
                move(output.position(i), output.weight(i));
            }
        }
        enter();
        pass();
        for (int i = 0; i < arrived; i++) {
            if (output.weight(i) > 0) {
                move(output.position(i), output.weight(i));
            }
        }
        enter();
        waiting.sweep();
        int first = order.first(0);
        alarm.set(first < 0 ? Alarms.NEVER : until(waiting.store(), first));
        meter.add(changes[0].size() + (long) output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        input.enumerate(rows -> {
            append(rows, at, at);
            meter.add(2L * rows.size());
            consumer.accept(output);
            endStep();
        });
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void endStep() {
        output.store().clear();
        output.reset(output.store());
    }

    @Override
    public long memoryBytes() {
        return waiting.memoryBytes() + order.memoryBytes() + output.store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    @Override
    public void validate() {
        order.validate();
        Store rows = waiting.store();
        for (int slot = rows.nextLive(0); slot < rows.limit(); slot = rows.nextLive(slot + 1)) {
            long due = until(rows, rows.position(slot));
            if (!ordered.get(slot) || due <= at || due == Alarms.NEVER) {
                throw new IllegalStateException("a row that waits for " + due + " at " + at);
            }
        }
        if (order.count(0) != rows.size()) {
            throw new IllegalStateException(order.count(0) + " times of " + rows.size() + " rows");
        }
    }

    /** Appends a change to the output, with the conditions of what goes at one time and of what comes at another. */
    private void append(Batch change, long before, long now) {
        int count = change.size();
        if (targets.length < count) {
            targets = new int[Math.max(count, targets.length * 2)];
            kept = new int[targets.length];
        }
        output.reset(output.store());
        output.store().allocate(count, targets);
        copyInput.run(change.store(), change.positions(), null, null, count, kept, output.store(), targets);
        for (int i = 0; i < count; i++) {
            long weight = change.weight(i);
            tell(targets[i], weight < 0 ? before : now);
            output.append(targets[i], weight);
        }
    }

    /** Writes what a row of the output is at a time. */
    private void tell(int position, long time) {
        Store rows = output.store();
        int slot = rows.slot(position);
        long next = Alarms.NEVER;
        for (int i = 0; i < conditions.size(); i++) {
            TimeCondition condition = conditions.get(i);
            Object shift = condition.shift().isPresent()
                    ? rows.get(position, condition.shift().get())
                    : NO_SHIFT;
            if (shift == null || rows.isNull(position, condition.moment())) {
                rows.setNull(slot, width + i);
                continue;
            }
            long moment = rows.longs(condition.moment())[slot >>> Pages.SHIFT][slot & Pages.MASK];
            boolean holds = condition.holds(time, moment, (Interval) shift);
            rows.bytes(width + i)[slot >>> Pages.SHIFT][slot & Pages.MASK] = (byte) (holds ? 1 : 0);
            next = Math.min(next, condition.changes(time, moment, (Interval) shift));
        }
        rows.longs(until)[slot >>> Pages.SHIFT][slot & Pages.MASK] = next;
    }

    private void move(int position, long weight) {
        if (until(output.store(), position) != Alarms.NEVER) {
            moved.append(position, weight);
        }
    }

    /** Takes the rows that come to wait, or wait no longer, to those that do. */
    private void enter() {
        if (places.length < moved.size()) {
            places = new int[moved.size() * 2];
        }
        waiting.add(moved, places);
        for (int i = 0; i < moved.size(); i++) {
            order(places[i]);
        }
        moved.reset(output.store());
    }

    private void order(int position) {
        Store rows = waiting.store();
        int slot = rows.slot(position);
        boolean there = rows.weight(position) > 0;
        if (there && !ordered.get(slot)) {
            ordered.set(slot);
            order.add(0, position);
        } else if (!there && ordered.get(slot)) {
            ordered.clear(slot);
            order.remove(0, position);
        }
    }

    /** Replaces the rows whose time has come by what they are now. */
    private void pass() {
        Store rows = waiting.store();
        int first = output.size();
        for (int position = order.first(0); position >= 0 && until(rows, position) <= at; position = order.first(0)) {
            long weight = rows.weight(position);
            output.append(copied(position), -weight);
            output.append(copied(position), weight);
            ordered.clear(rows.slot(position));
            order.remove(0, position);
        }
        for (int i = first; i < output.size(); i += 2) {
            moved.append(output.position(i), output.weight(i));
            tell(output.position(i + 1), at);
            move(output.position(i + 1), output.weight(i + 1));
        }
        enter();
    }

    private int copied(int position) {
        one[0] = position;
        copy[0] = output.store().allocate();
        copyWaiting.run(waiting.store(), one, null, null, 1, kept, output.store(), copy);
        return copy[0];
    }

    private static long until(Store rows, int position) {
        int slot = rows.slot(position);
        return rows.longs(rows.types().size() - 1)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }
}
