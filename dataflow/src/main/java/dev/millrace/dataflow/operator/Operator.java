package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import java.util.List;

/**
 * One operator of a circuit: it turns the changes of its inputs in a step into that of its output. The output of all changes so far is what the
 * operation gives over the sum of the inputs so far, whatever the steps they came in.
 */
public interface Operator {
    /** The layout of the output. */
    List<DataType> types();

    /**
     * Takes the changes of a step, one batch for each input, and returns the output's. The result is the operator's own and holds until {@link #endStep}.
     * A row that an expression has no value for is in {@link #errors} instead. If this throws, the operator is of no use any more.
     */
    Batch apply(Batch[] changes);

    /**
     * Takes a part of what its inputs hold when it is made, as {@link #apply} takes changes, but nobody asks for the output before the last part is in.
     */
    default void load(Batch[] contents) {
        apply(contents);
        endStep();
    }

    /** Called once after the last {@link #load}: then {@link #errors} is complete. */
    default void endLoad() {}

    /** The errors of the rows of its inputs that have no place in the output because an expression has no value for them. */
    default DataErrors errors() {
        return DataErrors.NONE;
    }

    /** Gives the current output in batches, with positive weights; one row may be given several times. A batch holds until the consumer returns. */
    void enumerate(BatchConsumer consumer);

    /** As {@link #enumerate(BatchConsumer)}, of only the rows with this key; between steps, and only of an output that was made with a key. */
    default void enumerate(Row key, BatchConsumer consumer) {
        throw new IllegalStateException("rows without a key");
    }

    /** Whether the output or the errors depend on what came before, so that a new operator must be given all that its inputs hold. */
    boolean hasState();

    /** Whether {@link #enumerate} costs no more than there are rows in the output: then who shows it need not keep it once more. */
    default boolean isMaterialized() {
        return false;
    }

    /** Whether no change both adds and removes identical rows. */
    default boolean isConsolidated() {
        return isMaterialized();
    }

    /** Whether no change ever takes a row back: then who reads it need not keep what only a retraction would ask for. */
    default boolean isAppendOnly() {
        return false;
    }

    /** Whether the store of its changes has only the rows of a change, and not all that there are. */
    default boolean isTransient() {
        return false;
    }

    /** Called once after each step in which it ran, when nobody reads its change any more: what was only kept for them goes. */
    void endStep();

    /** The memory of its state, in bytes, without the objects that references lead to. */
    long memoryBytes();

    /** What it runs that was generated, for {@code EXPLAIN CODE}. */
    List<Template<?>> code();

    /** Checks what must hold of its state between steps, for tests; an {@link IllegalStateException} says what does not. */
    default void validate() {}
}
