package dev.millrace.bench.dataflow;

/** Holds contestants to the same result, of which it knows the number of rows. */
final class Agreement {
    private static final long UNKNOWN = -1;

    private final String workload;
    private long rows = UNKNOWN;

    Agreement(String workload) {
        this.workload = workload;
    }

    /**
     * A contestant came to a result of this size.
     *
     * @throws IllegalStateException if another came to one of another size
     */
    void check(String contestant, long resultRows) {
        if (rows == UNKNOWN) {
            rows = resultRows;
        }
        if (rows != resultRows) {
            throw new IllegalStateException("the result of " + workload + " has " + rows + " rows, that of "
                    + contestant + " has " + resultRows);
        }
    }
}
