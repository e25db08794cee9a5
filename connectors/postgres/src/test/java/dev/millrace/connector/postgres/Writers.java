package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that write random transactions, of several statements over all of the tables {@code t0 … (id, n, v)}, until they are
 * closed. Each has keys of its own, so that they do not wait for each other.
 */
final class Writers implements AutoCloseable {
    private static final int KEYS = 40;

    private final TestDatabase database;
    private final int tables;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private long transactions;
    private volatile boolean closed;

    Writers(TestDatabase database, int count, int tables) {
        this.database = database;
        this.tables = tables;
        for (int i = 0; i < count; i++) {
            int writer = i;
            running.add(threads.submit(() -> write(writer)));
        }
    }

    private Void write(int writer) throws SQLException {
        Random random = new Random(writer);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!closed) {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    statement.execute(statement(writer, random));
                }
                if (random.nextInt(8) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    count();
                }
            }
        }
        return null;
    }

    private String statement(int writer, Random random) {
        String table = "t" + random.nextInt(tables);
        int id = writer * KEYS * 2 + random.nextInt(KEYS);
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM " + table + " WHERE id = " + id;
            case 1 -> "UPDATE " + table + " SET n = n + 1 WHERE id = " + id;
            // Moves a row to a key of the same writer that may be taken: then nothing happens.
            case 2 ->
                "UPDATE " + table + " SET id = " + (id + 1) + " WHERE id = " + id + " AND NOT EXISTS (SELECT FROM "
                        + table + " WHERE id = " + (id + 1) + ")";
            default ->
                "INSERT INTO " + table + " VALUES (" + id + ", " + random.nextInt(100) + ", 'v" + random.nextInt(100)
                        + "') ON CONFLICT (id) DO UPDATE SET v = excluded.v";
        };
    }

    private void count() {
        lock.lock();
        try {
            transactions++;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void awaitMoreTransactions(int more) throws InterruptedException {
        lock.lock();
        try {
            long wanted = transactions + more;
            long nanos = TimeUnit.SECONDS.toNanos(60);
            while (transactions < wanted) {
                if (nanos <= 0) {
                    throw new AssertionError("the writers do not get on");
                }
                nanos = committed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        finish();
    }

    /** Ends them after their current transactions. Idempotent. */
    void finish() {
        closed = true;
        try {
            for (Future<?> writer : running) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a writer did not end as it should", e);
        } finally {
            threads.shutdown();
        }
    }
}
