package dev.millrace.bench.follow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many rows have arrived, and when the last ones did. One thread tells, another waits. */
final class Arrivals {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private long rows;
    private long nanos;
    private @Nullable Throwable failure;

    /** This many more rows (or, negative, fewer) arrived just now. */
    synchronized void add(long more) {
        rows += more;
        nanos = System.nanoTime();
        notifyAll();
    }

    /** Nothing will arrive any more. */
    synchronized void fail(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    /** As {@link Follower#awaitRows}. */
    synchronized long await(long expected) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rows != expected) {
            if (failure != null) {
                throw new IllegalStateException("stopped after " + rows + " of " + expected + " rows", failure);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(rows + " instead of " + expected + " rows after " + PATIENCE);
            }
            wait(left / 1_000_000 + 1);
        }
        return nanos;
    }
}
