package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.store.Batch;

/** Where changes come into the circuit. */
sealed interface Input permits TableInput, StreamInput {
    Node node();

    boolean hasStaged();

    /** Takes no changes any more. */
    void drop();

    /** What was staged since this was last called. */
    Batch takeStaged();
}
