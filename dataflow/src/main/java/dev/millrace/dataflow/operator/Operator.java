package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.zset.Relation;
import dev.millrace.dataflow.zset.ZSet;

/** One operator of a circuit with its state. As a relation it is its current output. After a method threw, it is not to be used again. */
public interface Operator extends Relation {
    /**
     * Takes the change of each input, consolidated and empty where there is none, and gives the change of the output.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} when a row makes an expression or aggregate fail
     * @throws IllegalStateException when a row is retracted that was not there
     */
    ZSet apply(ZSet[] changes);

    /** Whether there is state, which must be filled from the inputs before the first use. */
    boolean hasState();
}
