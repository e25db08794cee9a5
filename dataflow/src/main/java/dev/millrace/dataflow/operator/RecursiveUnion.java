package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedLongs;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code WITH RECURSIVE … UNION}: the least set {@code X = B ∪ T(X)}, where {@code T} is linear.
 *
 * <p><b>State.</b> Each row of {@code X} has a <i>rank</i>, greater than 0, that does not change while it is there, the <i>total</i> of its derivations, which are the copies of it in {@code
 * B + T(X)}, and its <i>support</i>: those of them that come from {@code B}, or from a row of a rank lower than its own. {@code T} carries the rank of the row that it derives from as one more
 * column, so what it gives for a change says whose support changes.
 *
 * <p><b>Rule.</b> What is derived more or less than before, since {@code B} and the tables that {@code T} reads changed, is counted, first what goes and then what comes. A row whose support has come to 0 is
 * withdrawn, {@code T} takes its derivations back, and so on until none falls. Of what was withdrawn and what is new, the rows with a total above 0 are then put in, round by round, with the number of the
 * round as their rank, which is greater than any before. All they have then are derivations from rows of lower ranks, so their total is their support.
 *
 * <p><b>Why it is right.</b> Between the rounds totals and supports are those of the rows that are there. After the step every row has a support above 0, hence a derivation from rows of strictly
 * lower rank, and down in ranks there is no circle: by induction over ranks every row is in the least {@code X}. And no row that is missing has a derivation, so {@code X ⊇ B ∪ T(X)}, and the least such set is
 * in {@code X}. It ends: a row is withdrawn at most once in a step, and put in at most once.
 *
 * <p>So rows on a circle cannot hold each other up, which is what counting alone gets wrong (Gupta, Mumick and Subrahmanian, <i>Maintaining views incrementally</i>, SIGMOD 1993), and unlike in their
 * DRed a row stays, with all that follows from it, as long as it has one derivation that is older than itself. Ranks are the well-founded order that Motik, Nenov, Piro and Horrocks look for
 * backwards (<i>Incremental update of datalog materialisation: the backward/forward algorithm</i>, AAAI 2015). At first they are those of a breadth-first search, in which a row has as many supports as it has shortest derivations.
 *
 * <p>A recursion that does not end within the rounds that it may take is a data error. Then no row is there, and all are put in anew when a change has taken something away.
 *
 * <p>A change costs what {@code T} gives for the rows that come, go, or lose their support, and 24 bytes a row beside the row.
 */
final class RecursiveUnion implements Operator {
    private static final int SHOWN = 4096;

    private final List<DataType> types;
    private final DerivedRows rows;
    private final Chain base;
    private final RecursiveStep step;
    private final RowProgram showing;
    private final RowCode show;
    private final Batch output;
    private final WorkMeter meter;
    /** The greatest rank so far. */
    private long rank;

    private final Batch baseChange;
    private final Batch[] basePart = new Batch[1];
    private final Batch pushed;
    /** Rows whose support came to 0. */
    private final Entries fallen = new Entries();

    private final Entries withdrawn = new Entries();
    /** Rows that are not there and may have derivations now. */
    private final Entries candidates = new Entries();

    private final Entries arrived = new Entries();
    private boolean endless;
    private int[] shown = new int[0];
    private int[] kept = new int[0];

    /** @param inputs the sides of the step, followed by the base */
    RecursiveUnion(
            Plan.Fixpoint plan, List<Operator> inputs, List<@Nullable Store> tables, CodeCache cache, WorkMeter meter) {
        this.types = plan.types();
        this.rows = new DerivedRows(types, cache);
        this.meter = meter;
        List<DataType> layout = rows.store().types();
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        List<Expression> ofBase = new ArrayList<>();
        columns.forEach(column -> ofBase.add(new Expression.Column(column, types.get(column))));
        ofBase.add(new Expression.Literal(0L, DataType.INT8));
        this.base = new Chain(inputs.getLast(), List.of(new RowProgram.Step.Projection(ofBase)), cache, meter);
        this.step = new RecursiveStep(
                StepPath.carrying(plan.step()),
                StepPath.sides(plan.step()),
                new RowsSoFar(layout, this::scan),
                rows.store(),
                inputs,
                tables,
                cache,
                meter);
        this.showing = RowProgram.copy(layout, columns);
        this.show = cache.get(showing);
        this.output = new Batch(Store.scratch(types));
        this.baseChange = new Batch(new Store(types));
        this.pushed = new Batch(rows.store());
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        takeChanges(changes, false);
        withdraw();
        takeChanges(changes, true);
        withdraw();
        if (endless) {
            candidates.clear();
            if (RecursiveStep.retracts(changes)) {
                endless = false;
                forEachRow(position -> candidates.add(position, 0));
            }
        }
        insert();
        step.endless(endless);
        return result();
    }

    @Override
    public DataErrors errors() {
        return step.errors();
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        scan(batch -> {
            show(batch.positions(), batch.weights(), batch.size());
            meter.add(batch.size());
            consumer.accept(output);
            clearOutput();
        });
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
        clearOutput();
        rows.sweep();
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes() + step.memoryBytes() + output.store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return Stream.of(rows.code(), base.code(), step.code(), List.<Template<?>>of(showing))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void validate() {
        step.validate();
        if (endless) {
            return;
        }
        Store store = rows.store();
        PagedLongs totals = new PagedLongs();
        PagedLongs supports = new PagedLongs();
        BatchConsumer recount = batch -> {
            int[] positions = rows.find(batch);
            for (int i = 0; i < batch.size(); i++) {
                int slot = store.slot(positions[i]);
                totals.set(slot, totals.get(slot) + batch.weight(i));
                if (rows.rank(batch.store(), batch.position(i)) < rows.rank(positions[i])) {
                    supports.set(slot, supports.get(slot) + batch.weight(i));
                }
            }
        };
        base.enumerate(recount);
        step.enumerate(recount);
        step.endRound();
        Scan.rows(store, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                int position = batch.position(i);
                int slot = store.slot(position);
                if (rows.support(position) <= 0
                        || rows.support(position) != supports.get(slot)
                        || rows.total(position) != totals.get(slot)) {
                    throw new IllegalStateException("row " + store.row(position) + " has " + rows.total(position)
                            + " derivations, of which " + rows.support(position) + " support it, but "
                            + totals.get(slot) + " and " + supports.get(slot) + " were counted");
                }
            }
        });
    }

    private void takeChanges(Batch[] changes, boolean insertions) {
        count(step.derive(changes, insertions));
        step.endRound();
        basePart[0] = RecursiveStep.select(changes[changes.length - 1], insertions, baseChange);
        count(base.apply(basePart));
        base.endStep();
    }

    /** Counts derivations that came or went. */
    private void count(Batch derived) {
        int[] positions = rows.find(derived);
        for (int i = 0; i < derived.size(); i++) {
            int position = positions[i];
            long weight = derived.weight(i);
            long total = rows.addTotal(position, weight);
            long support = rows.support(position);
            if (support < 0) {
                if (total == weight) {
                    candidates.add(position, 0);
                }
            } else if (rows.rank(derived.store(), derived.position(i)) < rows.rank(position)) {
                rows.support(position, support + weight);
                if (support + weight == 0) {
                    fallen.add(position, 0);
                }
            }
        }
        meter.add(2L * derived.size());
    }

    /** Takes rows without support away until all have some. */
    private void withdraw() {
        while (fallen.size() > 0) {
            pushed.reset(rows.store());
            for (int i = 0; i < fallen.size(); i++) {
                int position = fallen.positions()[i];
                if (rows.support(position) == 0) {
                    rows.support(position, DerivedRows.WITHDRAWN);
                    withdrawn.add(position, 0);
                    candidates.add(position, 0);
                    pushed.append(position, -1);
                }
            }
            fallen.clear();
            deriveFromPushed();
        }
    }

    /** Puts rows in that have derivations until there are no others. */
    private void insert() {
        for (int rounds = 0; candidates.size() > 0; rounds++) {
            rank++;
            pushed.reset(rows.store());
            for (int i = 0; i < candidates.size(); i++) {
                int position = candidates.positions()[i];
                long total = rows.total(position);
                long support = rows.support(position);
                if (support < 0 && total > 0) {
                    if (support == DerivedRows.ABSENT) {
                        arrived.add(position, 1);
                    }
                    rows.support(position, total);
                    rows.rank(position, rank);
                    pushed.append(position, 1);
                }
            }
            candidates.clear();
            if (!pushed.isEmpty()) {
                deriveFromPushed();
                if (step.isTooLong(rounds)) {
                    takeAllBack();
                }
            }
        }
    }

    /** Leaves nothing but the derivations from the base. */
    private void takeAllBack() {
        endless = true;
        BitSet came = new BitSet();
        for (int i = 0; i < arrived.size(); i++) {
            came.set(rows.store().slot(arrived.positions()[i]));
        }
        arrived.clear();
        pushed.reset(rows.store());
        forEachRow(position -> {
            if (rows.support(position) >= 0) {
                pushed.append(position, -1);
                boolean isNew = came.get(rows.store().slot(position));
                rows.support(position, isNew ? DerivedRows.ABSENT : DerivedRows.WITHDRAWN);
                if (!isNew) {
                    withdrawn.add(position, 0);
                }
            }
        });
        deriveFromPushed();
        candidates.clear();
    }

    private void deriveFromPushed() {
        if (!pushed.isEmpty()) {
            count(step.derive(pushed));
            step.endRound();
        }
    }

    private Batch result() {
        for (int i = 0; i < withdrawn.size(); i++) {
            int position = withdrawn.positions()[i];
            if (rows.support(position) == DerivedRows.WITHDRAWN) {
                rows.support(position, DerivedRows.ABSENT);
                arrived.add(position, -1);
            }
        }
        withdrawn.clear();
        show(arrived.positions(), arrived.weights(), arrived.size());
        arrived.clear();
        meter.add(output.size());
        return output;
    }

    /** Makes these rows the output, without their ranks. */
    private void show(int[] positions, long[] weights, int count) {
        if (shown.length < count) {
            shown = new int[Math.max(Math.max(count, SHOWN), shown.length * 2)];
            kept = new int[shown.length];
        }
        output.store().allocate(count, shown);
        show.run(rows.store(), positions, null, null, count, kept, output.store(), shown);
        output.reset(output.store());
        for (int i = 0; i < count; i++) {
            output.append(shown[i], weights[i]);
        }
    }

    private void clearOutput() {
        output.store().clear();
        output.reset(output.store());
    }
}
