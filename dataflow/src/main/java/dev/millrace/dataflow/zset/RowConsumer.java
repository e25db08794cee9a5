package dev.millrace.dataflow.zset;

import dev.millrace.dataflow.row.Row;

/** Takes rows with their weights. */
@FunctionalInterface
public interface RowConsumer {
    void accept(Row row, long weight);
}
