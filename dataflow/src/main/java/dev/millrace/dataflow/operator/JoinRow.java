package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.WeightedRow;

/** A row of one side of a join, with the sum of the weights of the other side's rows that match it: at 0 it has no partner. */
final class JoinRow extends WeightedRow {
    private long matches;

    JoinRow(Row row) {
        super(row);
    }

    long matches() {
        return matches;
    }

    void matches(long sum) {
        matches = sum;
    }

    void addMatches(long change) {
        matches = Math.addExact(matches, change);
        if (matches < 0) {
            throw new IllegalStateException("row " + row() + " lost a match that it did not have");
        }
    }
}
