package dev.millrace.testkit;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that write transactions to a server until stopped, each with a connection and a seeded {@link Random} of its own. A transaction that meets
 * a deadlock, a serialization failure or a concurrent insert of its key is rolled back and another is written instead. All methods can be called
 * from any thread.
 */
public final class Workload implements AutoCloseable {
    /** Writes one transaction at a time; shared by all writers. */
    @FunctionalInterface
    public interface Transactions {
        /** Writes, but does not end, a transaction. The connection does not commit by itself. */
        Outcome write(Connection connection, Random random) throws SQLException;
    }

    /**
     * How a transaction shall end.
     *
     * @param rowChanges how many rows it inserted, updated or deleted
     */
    public record Outcome(boolean commit, int rowChanges) {}

    // deadlock_detected, serialization_failure, unique_violation, and a row that another transaction deleted:
    // foreign_key_violation
    private static final Set<String> RETRIED_STATES = Set.of("40P01", "40001", "23505", "23503");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Thread> writers = new ArrayList<>();
    private final double rate;
    private volatile boolean stopping;
    private long transactions;
    private long rowChanges;
    private long rollbacks;
    private long retries;
    private @Nullable Exception failure;

    private Workload(double rate) {
        this.rate = rate;
    }

    /**
     * Starts writers.
     *
     * @param rate transactions a second by all writers together, if the server can; infinity for as many as it can
     * @param seed makes the transactions, though not how those of several writers interleave, the same each time
     */
    public static Workload start(
            PostgresServer server, int writers, double rate, long seed, Transactions transactions) {
        Workload workload = new Workload(rate / writers);
        for (int i = 0; i < writers; i++) {
            Random random = new Random(seed * 31 + i);
            workload.writers.add(Thread.ofPlatform()
                    .daemon()
                    .name("writer-" + i)
                    .unstarted(() -> workload.run(server, random, transactions)));
        }
        workload.writers.forEach(Thread::start);
        return workload;
    }

    /** How many transactions were committed. */
    public long transactions() {
        return read(() -> transactions);
    }

    /** How many rows the committed transactions inserted, updated or deleted. */
    public long rowChanges() {
        return read(() -> rowChanges);
    }

    /** How many transactions were rolled back on purpose. */
    public long rollbacks() {
        return read(() -> rollbacks);
    }

    /** How many transactions were given up since another one was in the way. */
    public long retries() {
        return read(() -> retries);
    }

    /**
     * Waits until this many transactions were committed.
     *
     * @throws MillraceException if a writer failed, or after the timeout
     */
    public void awaitTransactions(long count, Duration timeout) {
        lock.lock();
        try {
            long nanos = timeout.toNanos();
            while (transactions < count && failure == null) {
                if (nanos <= 0) {
                    throw new MillraceException(
                            ErrorCode.SOURCE_FAILED, transactions + " of " + count + " transactions in " + timeout);
                }
                nanos = moved.awaitNanos(nanos);
            }
            throwFailure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.INTERRUPTED, "interrupted while waiting for transactions", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets every writer end its transaction, and waits for that. Idempotent.
     *
     * @throws MillraceException if a writer failed
     */
    public void stop() {
        stopping = true;
        writers.forEach(LockSupport::unpark);
        try {
            for (Thread writer : writers) {
                writer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.INTERRUPTED, "interrupted while the writers stop", e);
        }
        read(() -> {
            throwFailure();
            return 0;
        });
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    private void run(PostgresServer server, Random random, Transactions source) {
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            long next = System.nanoTime();
            while (!stopping) {
                write(connection, random, source);
                // A writer that fell behind does not make up for it: its past is dropped, not queued.
                next = Math.max(next + (long) (1e9 / rate), System.nanoTime() - 1_000_000_000L);
                pauseUntil(next);
            }
        } catch (SQLException | RuntimeException e) {
            update(() -> failure = failure == null ? e : failure);
        }
    }

    private void write(Connection connection, Random random, Transactions source) throws SQLException {
        try {
            Outcome outcome = source.write(connection, random);
            if (outcome.commit()) {
                connection.commit();
                update(() -> {
                    transactions++;
                    rowChanges += outcome.rowChanges();
                });
            } else {
                connection.rollback();
                update(() -> rollbacks++);
            }
        } catch (SQLException e) {
            if (!RETRIED_STATES.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            connection.rollback();
            update(() -> retries++);
        }
    }

    private void pauseUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0 && !stopping; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "a writer stopped: " + failure.getMessage(), failure);
        }
    }

    private void update(Runnable action) {
        lock.lock();
        try {
            action.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long read(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
