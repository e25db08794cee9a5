package dev.millrace.dataflow.zset;

/** Rows that can be enumerated. */
@FunctionalInterface
public interface Relation {
    /** Gives all rows to the consumer, with positive weights; one row may be given several times. */
    void forEach(RowConsumer consumer);
}
