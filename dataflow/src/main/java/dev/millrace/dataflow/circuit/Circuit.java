package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.operator.Alarms;
import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.operator.WorkMeter;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the results of plans over changing tables. Changes are made to {@linkplain TableInput tables} and take effect on all views together, at the next
 * {@link #step}. Used by one thread at a time; that it has others work on a large change is not to be seen from outside.
 */
public final class Circuit {
    private final WorkMeter meter = new WorkMeter();
    private final CodeCache code = new CodeCache();
    private final Alarms alarms = new Alarms();
    private final Graph graph;
    private final Map<String, Input> inputs = new HashMap<>();
    private final List<Input> staged = new ArrayList<>();
    /** What ran in the last step, while its changes may still be read. */
    private final List<Node> ran = new ArrayList<>();

    private final ReadyQueue ready = new ReadyQueue();
    /** What came of the running step, used again by the next. */
    private final List<ViewDelta> changed = new ArrayList<>();

    private final List<View> turning = new ArrayList<>();
    private final List<Breakdown> broken = new ArrayList<>();

    /** An empty circuit with a shard and a thread for each processor. */
    public Circuit() {
        this(Sharding.ofProcessors());
    }

    /** An empty circuit. The sharding says how its state is split and how many threads work on large changes; its results do not depend on it. */
    public Circuit(Sharding sharding) {
        this.graph = new Graph(sharding, code, meter, alarms, this::settle, this::wake);
    }

    /**
     * Adds an empty table.
     *
     * @param key the columns that identify a row; with none, whole rows do, and there may be equal ones
     * @throws IllegalStateException if there is a table with this id
     */
    public TableInput createTable(String id, List<DataType> types, List<Integer> key) {
        requireNew(id);
        TableRows rows = new TableRows(types, key, code);
        Node node = graph.addTable(new Plan.Table(id, types), rows);
        TableInput table = new TableInput(id, rows, key, node, this::announce);
        inputs.put(id, table);
        return table;
    }

    /**
     * Adds a stream: a table whose rows are not kept.
     *
     * @throws IllegalStateException if there is a table or stream with this id
     */
    public StreamInput createStream(String id, List<DataType> types) {
        requireNew(id);
        StreamRows rows = new StreamRows(types);
        Node node = graph.addTable(new Plan.Table(id, types), rows);
        StreamInput stream = new StreamInput(id, rows, node, this::announce);
        inputs.put(id, stream);
        return stream;
    }

    /**
     * Removes a table with its rows, or a stream.
     *
     * @throws IllegalStateException if a view reads it
     * @throws IllegalArgumentException if there is none with this id
     */
    public void dropTable(String id) {
        Input table = inputs.get(id);
        if (table == null) {
            throw new IllegalArgumentException("no table '" + id + "'");
        }
        settle();
        if (!table.node().readers().isEmpty()) {
            throw new IllegalStateException("table '" + id + "' is read by a view");
        }
        table.drop();
        if (table.node().stage(false)) {
            staged.remove(table);
        }
        inputs.remove(id);
        graph.removeTable(id);
    }

    public @Nullable TableInput table(String id) {
        return inputs.get(id) instanceof TableInput table ? table : null;
    }

    /**
     * The view of a plan, with its current result; the same one for an equal plan. Each call is to be paired with a {@link #release}. What the plan has in
     * common with installed ones is shared with them.
     *
     * @throws IllegalStateException if there are staged changes
     * @throws IllegalArgumentException if the plan is not valid, such as over a table that is not there
     */
    public View install(Plan plan) {
        return install(plan, true, List.of());
    }

    /** As {@link #install}; {@link View#rows(dev.millrace.dataflow.row.Row)} gives its rows with given values of the key columns. */
    public View install(Plan plan, List<Integer> key) {
        return install(plan, true, List.copyOf(key));
    }

    /** As {@link #install}, but the rows are not kept: who installs it reads the changes of each step, and nothing of what was there before. */
    public View installChanges(Plan plan) {
        return install(plan, false, List.of());
    }

    private View install(Plan plan, boolean kept, List<Integer> key) {
        if (!staged.isEmpty() && staged.stream().anyMatch(Input::hasStaged)) {
            throw new IllegalStateException("there are staged changes: step first");
        }
        settle();
        View view = graph.view(plan, kept, key);
        view.use();
        return view;
    }

    /**
     * Takes back one {@link #install}; with the last, the view and what only it used are gone.
     *
     * @throws IllegalStateException if it was released before as often as installed
     */
    public void release(View view) {
        settle();
        if (view.unuse() && view.failure() == null) {
            graph.remove(view);
        }
    }

    /** When a view next changes by time alone, in microseconds since 1970; {@link Long#MAX_VALUE} if none does. */
    public long nextAlarm() {
        return alarms.next();
    }

    /** As {@link #step()}, at this time, in microseconds since 1970, unless it was later already: what depends on the time is at it from then on. */
    public StepResult step(long now) {
        settle();
        alarms.advance(now);
        return step();
    }

    /**
     * Takes the staged changes to the views. Only what they reach runs. An operator that throws is discarded with all that depends on it, and the views among
     * them are rebuilt from what the others hold, or fail; this never throws for that.
     */
    public StepResult step() {
        settle();
        for (int i = 0; i < staged.size(); i++) {
            Input input = staged.get(i);
            input.node().stage(false);
            Batch change = input.takeStaged();
            if (!change.isEmpty()) {
                offer(input.node(), 0, Parts.of(change));
            }
        }
        staged.clear();
        changed.clear();
        for (Node node = ready.poll(); node != null; node = ready.poll()) {
            if (!node.isDiscarded()) {
                run(node);
            }
        }
        if (changed.isEmpty() && turning.isEmpty() && broken.isEmpty()) {
            return StepResult.NOTHING;
        }
        List<RebuiltView> rebuilt = List.of();
        List<View> failed = List.of();
        if (!broken.isEmpty()) {
            rebuilt = new ArrayList<>();
            failed = new ArrayList<>();
            repair(rebuilt, failed);
        }
        return new StepResult(changed, takeTurned(), rebuilt, failed);
    }

    /** How many rows operators have read and written so far, in batches and indexes: the cost of what was done, free of the machine's speed. */
    public long rowsTouched() {
        return meter.rows();
    }

    /**
     * What runs for a view: its plan, an operator a line, with their state and who shares them.
     *
     * @param columnNames the columns of a table by its id; an empty list if they are not known
     * @throws IllegalStateException if the view is not installed
     */
    public List<String> explain(View view, Function<String, List<String>> columnNames) {
        settle();
        return CircuitText.operators(graph, view, columnNames);
    }

    /**
     * The code that was generated for a view's operators, as a listing.
     *
     * @throws IllegalStateException if the view is not installed
     */
    public List<String> explainCode(View view) {
        return CircuitText.code(graph, view);
    }

    /** The memory of all rows, indexes and accumulators, in bytes, without the objects that references lead to. */
    public long memoryBytes() {
        return graph.memoryBytes();
    }

    /** How long it took to generate code so far, in nanoseconds. */
    public long generationNanos() {
        return code.nanos();
    }

    /** Checks what must hold of all state between steps; an {@link IllegalStateException} says what does not. For tests. */
    void validate() {
        settle();
        graph.validate();
    }

    /** The number of operators, tables and views not counted. */
    public int nodeCount() {
        return graph.operatorCount();
    }

    private void run(Node node) {
        Parts change;
        ran.add(node);
        try {
            change = node.run();
        } catch (RuntimeException | Error cause) {
            broken.add(new Breakdown(graph, node, cause));
            return;
        }
        List<DataError> turned = node.errors().takeTurned();
        if (!turned.isEmpty()) {
            turn(node, turned);
        }
        if (change.isEmpty()) {
            return;
        }
        View view = node.view();
        if (view != null) {
            view.add(change);
            changed.add(new ViewDelta(view, change));
        }
        List<Node.Port> readers = node.readers();
        for (int i = 0; i < readers.size(); i++) {
            Node.Port port = readers.get(i);
            offer(port.node(), port.index(), change);
        }
    }

    private void turn(Node node, List<DataError> turned) {
        node.watchers().forEach((view, key) -> {
            view.turn(node, key, turned);
            turning.add(view);
        });
        if (node.takeErrorChange()) {
            for (View view : Graph.viewsBelow(node)) {
                if (!node.watchers().containsKey(view)) {
                    view.turn(node);
                    turning.add(view);
                }
            }
        }
    }

    private void repair(List<RebuiltView> rebuilt, List<View> failed) {
        // What the operators hold is enumerated, so the step has to be over for them.
        changed.forEach(ViewDelta::keep);
        settle();
        broken.forEach(breakdown -> breakdown.repair(rebuilt, failed));
        broken.clear();
    }

    private List<View> takeTurned() {
        if (turning.isEmpty()) {
            return List.of();
        }
        List<View> turned = turning.stream().filter(View::takeTurn).toList();
        turning.clear();
        return turned;
    }

    private void offer(Node node, int input, Parts change) {
        if (node.offer(input, change)) {
            ready.add(node);
        }
    }

    private void wake(Node node) {
        if (node.wake()) {
            ready.add(node);
        }
    }

    private void requireNew(String id) {
        if (inputs.containsKey(id)) {
            throw new IllegalStateException("table '" + id + "' exists");
        }
    }

    private void announce(Input input) {
        settle();
        if (!input.node().stage(true)) {
            staged.add(input);
        }
    }

    /** Ends the last step: what was only kept for readers of its changes goes. Readers go first, since they may still read what they were given. */
    private void settle() {
        for (int i = ran.size() - 1; i >= 0; i--) {
            Node node = ran.get(i);
            if (!node.isDiscarded()) {
                node.endStep();
            }
        }
        ran.clear();
    }
}
