package dev.millrace.testkit;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A table of one row, in a schema of its own, that is written to in order to be told so: then all that was committed before has reached every live query, too. Waiting for a
 * position takes until the next progress is announced; this takes no longer than the change itself. For use by one thread.
 */
public final class Sentinel implements AutoCloseable {
    private static final String DEFINITION = """
            CREATE SCHEMA IF NOT EXISTS sentinel;
            CREATE TABLE IF NOT EXISTS sentinel.tick (id int4 PRIMARY KEY, n int8);
            INSERT INTO sentinel.tick VALUES (1, 0) ON CONFLICT DO NOTHING""";

    private final Connection connection;
    private final LiveQuery query;
    private final Told told = new Told();

    /** In the database of this connection, which commits by itself, and which Millrace has as a source. */
    public Sentinel(Connection connection, Millrace millrace) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(DEFINITION);
        }
        query = millrace.live("SELECT n FROM sentinel.tick");
        query.subscribe(told);
    }

    /**
     * Waits until all that was committed before this call is in the live queries.
     *
     * @throws IllegalStateException after the timeout, or when interrupted
     */
    public void await(Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("UPDATE sentinel.tick SET n = n + 1 RETURNING n")) {
            row.next();
            told.await(row.getLong(1), timeout);
        }
    }

    @Override
    public void close() {
        query.close();
    }

    /** The highest number that was told. */
    private static final class Told implements Subscriber {
        private long number;
        private @Nullable MillraceException failure;

        @Override
        public synchronized void changes(Message.Changes changes) {
            for (Change change : changes.changes()) {
                if (change instanceof Change.Update update && update.newRow().get(0) instanceof Long told) {
                    number = Math.max(number, told);
                } else if (change instanceof Change.Insert insert
                        && insert.row().get(0) instanceof Long told) {
                    number = Math.max(number, told);
                }
            }
            notifyAll();
        }

        @Override
        public synchronized void failed(Message.Failed failed) {
            failure = failed.error();
            notifyAll();
        }

        synchronized void await(long expected, Duration timeout) {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (number < expected) {
                if (failure != null) {
                    throw failure;
                }
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new IllegalStateException("told " + number + ", not " + expected + ", in " + timeout);
                }
                try {
                    wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting for the sentinel", e);
                }
            }
        }
    }
}
