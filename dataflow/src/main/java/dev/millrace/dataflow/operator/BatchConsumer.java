package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Batch;

/** Takes rows with their weights, a batch at a time. */
@FunctionalInterface
public interface BatchConsumer {
    void accept(Batch rows);
}
