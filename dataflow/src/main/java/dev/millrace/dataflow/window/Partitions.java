package dev.millrace.dataflow.window;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;

/** The partitions of one window, each known by a number: their rows with the values of all calls, and how they follow changes. */
public final class Partitions {
    private final WindowRows rows;
    private final List<Evaluator> evaluators;
    private final DataErrors errors = new DataErrors();
    private final PartitionChange change = new PartitionChange();

    /** @throws IllegalArgumentException if there is no such function for these types */
    public Partitions(Plan.Window plan, CodeCache cache) {
        this.rows = new WindowRows(plan, cache);
        this.evaluators = Evaluators.create(plan, rows, errors, cache);
    }

    /** Of rows of whose frames a function has no value: they have NULL in its place. */
    public DataErrors errors() {
        return errors;
    }

    /** The rows, and after a change those that went, too. */
    public Store store() {
        return rows.store();
    }

    /** Turns to a partition, before its rows change. */
    public void begin(int partition) {
        change.begin(partition);
    }

    /** Adds copies of a row to the partition. */
    public void insert(Store store, int position, long copies) {
        for (long i = 0; i < copies; i++) {
            change.add(rows.insert(change.group(), store, position), true);
        }
    }

    /**
     * Takes copies of a row from the partition.
     *
     * @throws IllegalStateException if they are not there
     */
    public void remove(Store store, int position, long copies) {
        for (long i = 0; i < copies; i++) {
            change.add(rows.remove(change.group(), store, position), false);
        }
    }

    /** Gives the partition's rows their new values; gives whether it still has rows. */
    public boolean evaluate() {
        change.locate(rows.order());
        evaluators.forEach(evaluator -> evaluator.evaluate(change));
        return change.size() > 0;
    }

    /** Gives all rows of a partition their values. All are new. */
    public void evaluateAll(int partition) {
        change.whole(partition, rows.order());
        evaluators.forEach(evaluator -> evaluator.evaluate(change));
    }

    /** What has changed in the step. */
    public Batch output() {
        return rows.output();
    }

    /** How many values were evaluated since it was last asked. */
    public long takeTouched() {
        return rows.takeTouched();
    }

    /** Frees the rows that went. */
    public void endStep() {
        rows.endStep();
    }

    public long memoryBytes() {
        return rows.memoryBytes()
                + evaluators.stream().mapToLong(Evaluator::memoryBytes).sum();
    }

    /** The generated code that it runs. */
    public List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(rows.code());
        evaluators.forEach(evaluator -> code.addAll(evaluator.code()));
        return code;
    }

    /** Checks what must hold between steps; an {@link IllegalStateException} says what does not. */
    public void validate() {
        rows.order().validate();
        evaluators.forEach(Evaluator::validate);
    }
}
