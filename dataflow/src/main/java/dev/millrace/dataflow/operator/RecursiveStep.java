package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The step of a recursion: the operators on the {@linkplain StepPath way} from its recursive rows to what it derives from them, driven round by round within one step of the circuit. What
 * else they read are its sides, whose changes come from the circuit. Arrangements of sides are the step's own: a shared one has old and new rows until the circuit's step has ended, but here they
 * change between rounds.
 */
final class RecursiveStep {
    private static final String ROUNDS = "millrace.recursion.rounds";
    private static final int DEFAULT_ROUNDS = 100_000;

    /** An operator and what it reads: the outputs of operators before it, or of what is outside. */
    private record Place(Operator operator, int[] inputs, Batch[] changes, Batch unchanged) {}

    private final List<Place> places = new ArrayList<>();
    private final List<Plan> sides;
    /** The recursive rows, followed by the sides. */
    private final List<Operator> outside = new ArrayList<>();

    private final List<@Nullable Store> tables = new ArrayList<>();
    private final CodeCache cache;
    private final WorkMeter meter;
    private final int root;
    private final Batch[] nothing;
    private final Batch[] changes;
    /** The parts of the sides' changes, by sign. */
    private final Batch[] parts;

    private final Batch[] outputs;
    private final DataErrors errors;
    /** Whether the recursion does not end; then this is its error. */
    private final DataErrors own = new DataErrors();

    private boolean endless;
    private final int maxRounds = Integer.getInteger(ROUNDS, DEFAULT_ROUNDS);

    /**
     * @param rows the recursive rows
     * @param shared the store of these rows if operators may refer to them by position, where all have weight 1, or else null
     * @param inputs the sides; others may follow
     * @param tableRows of those inputs that are tables, the stores of their rows
     */
    RecursiveStep(
            Plan step,
            List<Plan> sides,
            Operator rows,
            @Nullable Store shared,
            List<Operator> inputs,
            List<@Nullable Store> tableRows,
            CodeCache cache,
            WorkMeter meter) {
        this.sides = sides;
        this.cache = cache;
        this.meter = meter;
        outside.add(rows);
        outside.addAll(inputs.subList(0, sides.size()));
        tables.add(shared);
        tables.addAll(tableRows.subList(0, sides.size()));
        root = place(new Feed.Rows(step));
        nothing = outside.stream()
                .map(operator -> new Batch(new Store(operator.types())))
                .toArray(Batch[]::new);
        parts = outside.stream()
                .map(operator -> new Batch(new Store(operator.types())))
                .toArray(Batch[]::new);
        changes = nothing.clone();
        outputs = new Batch[places.size()];
        List<DataErrors> all = new ArrayList<>(List.of(own));
        places.forEach(place -> all.add(place.operator.errors()));
        errors = DataErrors.of(all);
    }

    /** What feeds a recursion: the sides of its step, and then its base, so that it is loaded into a step that knows the sides. */
    static List<Feed> inputs(Plan.Fixpoint plan) {
        List<Feed> inputs = new ArrayList<>();
        StepPath.sides(plan.step()).forEach(side -> inputs.add(new Feed.Rows(side)));
        inputs.add(new Feed.Rows(plan.base()));
        return inputs;
    }

    /** What is derived more or less, since recursive rows came or went; it holds until {@link #endRound}. */
    Batch derive(Batch rows) {
        System.arraycopy(nothing, 0, changes, 0, nothing.length);
        changes[0] = rows;
        return run();
    }

    /** What is derived more or less from the same rows, since rows of sides came, or went; it holds until {@link #endRound}. */
    Batch derive(Batch[] sideChanges, boolean insertions) {
        changes[0] = nothing[0];
        for (int i = 1; i < changes.length; i++) {
            changes[i] = select(sideChanges[i - 1], insertions, parts[i]);
        }
        return run();
    }

    /** The insertions of a change, or its retractions. */
    static Batch select(Batch change, boolean insertions, Batch selected) {
        selected.reset(change.store());
        for (int i = 0; i < change.size(); i++) {
            if (change.weight(i) > 0 == insertions) {
                selected.append(change.position(i), change.weight(i));
            }
        }
        return selected;
    }

    /** What was derived is not read any more. */
    void endRound() {
        places.forEach(place -> place.operator.endStep());
    }

    /** Whether a recursion that still finds new rows after so many rounds is held not to end. */
    boolean isTooLong(int rounds) {
        return rounds >= maxRounds;
    }

    /** Says whether the recursion does not end, which is a data error while it is so. */
    void endless(boolean now) {
        if (now != endless) {
            endless = now;
            String message = "a recursive query still finds new rows after " + maxRounds
                    + " rounds: its data lead in a circle, or it has no condition that ends it (the bound is the system property "
                    + ROUNDS + ")";
            own.add(new DataError(message, "recursive union", "all rows", Row.EMPTY), now ? 1 : -1);
        }
    }

    /** Whether a change takes rows away. Without that a recursion that does not end goes on so. */
    static boolean retracts(Batch[] changes) {
        return Arrays.stream(changes)
                .anyMatch(change -> IntStream.range(0, change.size()).anyMatch(i -> change.weight(i) < 0));
    }

    /** Gives all that is derived. */
    void enumerate(BatchConsumer consumer) {
        operator(root).enumerate(consumer);
    }

    /** The errors of its operators. In them, as in the operators, rows have the column that the step carries. */
    DataErrors errors() {
        return errors;
    }

    long memoryBytes() {
        return places.stream().mapToLong(place -> place.operator.memoryBytes()).sum();
    }

    List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>();
        places.forEach(place -> code.addAll(place.operator.code()));
        return code;
    }

    void validate() {
        places.forEach(place -> place.operator.validate());
    }

    private int place(Feed feed) {
        if (feed instanceof Feed.Rows(Plan.Recursion _)) {
            return ~0;
        }
        if (feed instanceof Feed.Rows(Plan plan) && !StepPath.isOpen(plan)) {
            return ~(1 + sides.indexOf(plan));
        }
        List<Feed> read = Operators.inputs(feed);
        int[] inputs = read.stream().mapToInt(this::place).toArray();
        List<Operator> operators =
                Arrays.stream(inputs).mapToObj(this::operator).toList();
        List<@Nullable Store> stores = new ArrayList<>();
        for (int input : inputs) {
            stores.add(input < 0 ? tables.get(~input) : null);
        }
        Operator operator = Operators.create(feed, operators, stores, cache, meter);
        places.add(new Place(operator, inputs, new Batch[inputs.length], new Batch(new Store(operator.types()))));
        return places.size() - 1;
    }

    private Operator operator(int place) {
        return place < 0 ? outside.get(~place) : places.get(place).operator;
    }

    private Batch run() {
        for (int i = 0; i < outputs.length; i++) {
            Place place = places.get(i);
            boolean changed = false;
            for (int input = 0; input < place.inputs.length; input++) {
                place.changes[input] = change(place.inputs[input]);
                changed |= !place.changes[input].isEmpty();
            }
            outputs[i] = changed ? place.operator.apply(place.changes) : place.unchanged;
        }
        return change(root);
    }

    private Batch change(int place) {
        return place < 0 ? changes[~place] : outputs[place];
    }
}
