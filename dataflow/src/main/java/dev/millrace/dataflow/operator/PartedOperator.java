package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Parts;

/** An operator that takes and gives changes in parts. */
public interface PartedOperator extends Operator {
    /** As {@link Operator#apply}. */
    Parts apply(Parts[] changes);
}
