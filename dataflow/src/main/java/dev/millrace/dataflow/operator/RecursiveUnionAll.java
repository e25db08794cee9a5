package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.index.RowMultiset;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Store;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code WITH RECURSIVE … UNION ALL}: the least multiset {@code X = B + T(X)}, where {@code T} is linear. Over data that lead in a circle there is none, and the recursion is a data error: then
 * no row is present, and all are put in anew when a change has taken something away.
 *
 * <p><b>Rule.</b> Each row has the <i>total</i> of its derivations, its copies in {@code B + T(X)}, and how many copies of it are <i>present</i> in {@code X}. What is derived more or less, since {@code B} and the
 * tables that {@code T} reads changed, is added to the totals, first what goes and then what comes. Copies that are not derived any more are taken from those that are present first, and {@code T} takes back what it
 * derived from them, until nothing more goes. Then what the total has more than is present is put in, round by round, until nothing more comes.
 *
 * <p><b>Why it is right.</b> Between the rounds the total is what {@code B} and {@code T} give for what is present. In the end both are equal, so {@code X = B + T(X)}. That it is the least needs that after the retractions
 * nothing is present that is not in the least: then what is put in is in it, too. The derivations that are lost, and all that follows from them by derivations that stay, are less than what was taken away, by induction over its
 * rounds: each copy that is lost was taken away unless none was present any more. What remains follows from the base by derivations that stay. In particular a row does not stay for a circle that came in the same step.
 *
 * <p>A change costs what {@code T} gives for the rows that come and go, and what follows from them.
 */
final class RecursiveUnionAll implements Operator {
    /** Rows that are there more often than this lead in a circle. */
    private static final long MOST_COPIES = 1L << 40;

    private final RowMultiset rows;
    private final PagedLongs present = new PagedLongs();
    private final Operator base;
    private final RecursiveStep step;
    private final SlotSums sums = new SlotSums();
    private final Batch output;
    private final WorkMeter meter;
    private final Batch baseChange;
    private Batch pushed;
    private Batch next;
    /** Rows whose total may be more than is present. */
    private final Entries waiting = new Entries();
    /** All that came and went in this step. */
    private final Entries changed = new Entries();

    private boolean endless;
    private int[] positions = new int[0];

    /** @param inputs the sides of the step, followed by the base */
    RecursiveUnionAll(
            Plan.Fixpoint plan, List<Operator> inputs, List<@Nullable Store> tables, CodeCache cache, WorkMeter meter) {
        List<DataType> types = plan.types();
        this.rows = new RowMultiset(types, cache);
        this.base = inputs.getLast();
        this.step = new RecursiveStep(
                plan.step(),
                StepPath.sides(plan.step()),
                new RowsSoFar(types, this::scan),
                null,
                inputs,
                tables,
                cache,
                meter);
        this.output = new Batch(rows.store());
        this.baseChange = new Batch(rows.store());
        this.pushed = new Batch(rows.store());
        this.next = new Batch(rows.store());
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return rows.store().types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        try {
            takeChanges(changes, false);
            retract();
            takeChanges(changes, true);
            retract();
            if (endless) {
                waiting.clear();
                if (RecursiveStep.retracts(changes)) {
                    endless = false;
                    forEachRow(position -> waiting.add(position, 0));
                }
            }
            insert();
            step.endless(endless);
        } catch (ArithmeticException e) {
            throw new MillraceException(
                    ErrorCode.DATA_ERROR,
                    "a recursive query derives a row more than 2^63 times: its data lead in a circle",
                    e);
        }
        return result();
    }

    @Override
    public DataErrors errors() {
        return step.errors();
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        meter.add(rows.store().size());
        scan(consumer);
    }

    private void scan(BatchConsumer consumer) {
        if (!endless) {
            Scan.rows(rows.store(), consumer);
        }
    }

    private void forEachRow(IntConsumer consumer) {
        Store store = rows.store();
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            consumer.accept(store.position(slot));
        }
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
        rows.sweep();
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes() + present.memoryBytes() + step.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return Stream.of(rows.code(), step.code()).flatMap(List::stream).toList();
    }

    @Override
    public void validate() {
        step.validate();
        if (endless) {
            return;
        }
        ZSet difference = new ZSet();
        base.enumerate(batch -> difference.addAll(batch.toZSet()));
        step.enumerate(batch -> difference.addAll(batch.toZSet()));
        step.endRound();
        Scan.rows(rows.store(), batch -> difference.addAll(batch.toZSet().negate()));
        if (!difference.consolidate().isEmpty()) {
            throw new IllegalStateException("derivations without rows, or rows without derivations: " + difference);
        }
    }

    private void takeChanges(Batch[] changes, boolean insertions) {
        next.reset(rows.store());
        count(step.derive(changes, insertions));
        step.endRound();
        count(RecursiveStep.select(changes[changes.length - 1], insertions, baseChange));
    }

    /** Counts derivations that came or went; the copies that go with them are pushed next. */
    private void count(Batch derived) {
        int count = derived.size();
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
        }
        rows.add(derived, positions);
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            long weight = derived.weight(i);
            if (weight < 0) {
                int slot = rows.store().slot(position);
                long there = present.get(slot);
                long gone = Math.min(there, -weight);
                present.set(slot, there - gone);
                next.append(position, -gone);
            }
            waiting.add(position, 0);
        }
        meter.add(2L * count);
    }

    private void retract() {
        while (!next.isEmpty()) {
            push();
        }
    }

    private void insert() {
        for (int rounds = 0; waiting.size() > 0; rounds++) {
            next.reset(rows.store());
            boolean tooMany = false;
            for (int i = 0; i < waiting.size(); i++) {
                int position = waiting.positions()[i];
                int slot = rows.store().slot(position);
                long total = rows.store().weight(position);
                tooMany |= total > MOST_COPIES;
                next.append(position, total - present.get(slot));
                present.set(slot, total);
            }
            waiting.clear();
            if (!next.isEmpty()) {
                push();
                if (tooMany || step.isTooLong(rounds)) {
                    takeAllBack();
                }
            }
        }
    }

    /** Leaves nothing but the derivations from the base. */
    private void takeAllBack() {
        endless = true;
        next.reset(rows.store());
        forEachRow(position -> {
            int slot = rows.store().slot(position);
            next.append(position, -present.get(slot));
            present.set(slot, 0);
        });
        retract();
        waiting.clear();
    }

    /** Gives the step the rows that are next. */
    private void push() {
        Batch swapped = pushed;
        pushed = next;
        next = swapped;
        next.reset(rows.store());
        for (int i = 0; i < pushed.size(); i++) {
            changed.add(pushed.position(i), pushed.weight(i));
        }
        count(step.derive(pushed));
        step.endRound();
    }

    private Batch result() {
        sums.reset(changed.size());
        for (int i = 0; i < changed.size(); i++) {
            sums.add(rows.store().slot(changed.positions()[i]), changed.weights()[i]);
        }
        output.reset(rows.store());
        for (int i = 0; i < changed.size(); i++) {
            int position = changed.positions()[i];
            output.append(position, sums.take(rows.store().slot(position)));
        }
        changed.clear();
        meter.add(output.size());
        return output;
    }
}
