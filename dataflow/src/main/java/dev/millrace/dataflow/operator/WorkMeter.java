package dev.millrace.dataflow.operator;

/** Counts the rows that operators read from and write to batches and indexes: what a step costs, free of the machine's speed. */
public final class WorkMeter {
    private long rows;

    public long rows() {
        return rows;
    }

    public void add(long touched) {
        rows += touched;
    }

    /** What was counted, which is forgotten. */
    long take() {
        long taken = rows;
        rows = 0;
        return taken;
    }
}
