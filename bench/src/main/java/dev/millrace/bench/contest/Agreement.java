package dev.millrace.bench.contest;

import dev.millrace.bench.rows.Content;
import org.jspecify.annotations.Nullable;

/** Holds contestants to the same result: to its content where they tell it, and to the number of its rows in each run. */
public final class Agreement {
    private static final long UNKNOWN = -1;

    private final String workload;
    private @Nullable Content content;
    private long rows = UNKNOWN;

    public Agreement(String workload) {
        this.workload = workload;
    }

    /**
     * A contestant came to this result.
     *
     * @throws IllegalStateException if another came to another one
     */
    public void check(String contestant, Content result) {
        check(contestant, result.rows());
        if (content == null) {
            content = result;
        }
        if (!content.equals(result)) {
            throw new IllegalStateException(
                    "the result of " + workload + " is " + content + ", that of " + contestant + " is " + result);
        }
    }

    /**
     * A contestant came to a result of this size.
     *
     * @throws IllegalStateException if another came to one of another size
     */
    public void check(String contestant, long resultRows) {
        if (rows == UNKNOWN) {
            rows = resultRows;
        }
        if (rows != resultRows) {
            throw new IllegalStateException("the result of " + workload + " has " + rows + " rows, that of "
                    + contestant + " has " + resultRows);
        }
    }
}
