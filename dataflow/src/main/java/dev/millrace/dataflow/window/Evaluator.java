package dev.millrace.dataflow.window;

import dev.millrace.dataflow.code.Template;
import java.util.List;

/** One or more calls: gives the rows that a change may reach their new values. */
abstract class Evaluator {
    final WindowRows rows;
    final Ranks ranks;

    Evaluator(WindowRows rows) {
        this.rows = rows;
        this.ranks = new Ranks(rows.order());
    }

    /** Writes the values that have changed, and those of new rows. */
    abstract void evaluate(PartitionChange change);

    /** What it runs that was generated. */
    List<Template<?>> code() {
        return List.of();
    }

    /** What it keeps beside the rows. */
    long memoryBytes() {
        return 0;
    }

    /** Checks what it keeps beside the rows; an {@link IllegalStateException} says what is wrong. */
    void validate() {}
}
