package dev.millrace.bench.follow;

import java.sql.SQLException;

/** Follows a table from the moment it is opened; what was committed before does not count. */
public interface Follower extends AutoCloseable {
    /**
     * Waits until it has seen this many more rows inserted than deleted since it was opened.
     *
     * @return when that was, by {@link System#nanoTime}
     * @throws IllegalStateException if that does not happen for a long time, or it cannot follow any more
     */
    long awaitRows(long rows) throws InterruptedException;

    @Override
    void close() throws SQLException;

    /** Opens a follower that is ready when this returns. */
    @FunctionalInterface
    interface Opener {
        Follower open() throws Exception;
    }
}
