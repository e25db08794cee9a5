package dev.millrace.connector.postgres;

import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Receives the stream on a thread of its own, delivers it and confirms what was delivered. When the connection is lost it
 * continues where it was; when the slot is lost too it reads everything anew. Ends when the source is closed or gives up.
 */
final class WalFollower implements Runnable {
    private static final long CONFIRMATION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Upstream upstream;
    private final Delivery delivery;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable ReplicationConnection connection;
    /** Set until a resync is complete: the slot that a broken one leaves behind begins after changes that nobody was told. */
    private boolean mustResync;

    /** @param connection on which the slot was made */
    WalFollower(String sourceName, Upstream upstream, Delivery delivery, ReplicationConnection connection) {
        this.upstream = upstream;
        this.delivery = delivery;
        this.connection = connection;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("millrace-postgres-" + sourceName)
                .unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Asks the thread to end, which it does as soon as its connection is cut off. */
    void stop() {
        stopped.countDown();
    }

    /**
     * Waits for the end of the thread, unless called by it. A listener that blocks it is interrupted after this time. An interruption of
     * the caller does not end the wait.
     */
    void join(Duration patience) {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (!thread.join(Duration.ofNanos(end - System.nanoTime()))) {
                    thread.interrupt();
                    thread.join();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!isStopped()) {
                try {
                    receive(connect());
                } catch (SQLException e) {
                    retry(ServerErrors.diagnose(e, upstream.options(), "the stream broke off"));
                }
            }
        } catch (MillraceException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new MillraceException(ErrorCode.INTERRUPTED, "the source's thread was interrupted", e));
        } catch (RuntimeException | Error e) {
            fail(new MillraceException(ErrorCode.SOURCE_FAILED, "a bug stopped the source: " + e, e));
        } finally {
            closeConnection();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void fail(MillraceException cause) {
        if (!isStopped()) {
            delivery.failed(cause);
        }
    }

    private void retry(MillraceException cause) throws InterruptedException {
        if (!isStopped()) {
            Duration delay = backoff.next();
            delivery.disconnected(cause, delay);
            closeConnection();
            if (stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void receive(ReplicationStream stream) throws SQLException {
        PgOutputDecoder decoder = new PgOutputDecoder(delivery.tables(), upstream.enums());
        while (true) {
            byte[] message = stream.receive();
            backoff.reset();
            if (message[0] == ReplicationStream.LOG_DATA) {
                Transaction transaction = decoder.decode(message, ReplicationStream.LOG_DATA_HEADER);
                if (transaction != null) {
                    delivery.committed(transaction);
                    if (System.nanoTime() - stream.confirmedNanos() > CONFIRMATION_NANOS) {
                        stream.confirm(delivery.delivered());
                    }
                }
            } else if (message[0] == ReplicationStream.KEEPALIVE) {
                requirePublication();
                delivery.progressed(ReplicationStream.end(message));
                // Confirmed at once: with nothing more to send, the server would say no more for a long time.
                if (ReplicationStream.isAnswerWanted(message) || stream.confirmed() != delivery.delivered()) {
                    stream.confirm(delivery.delivered());
                }
            } else {
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "the server sent an unknown message " + message[0]);
            }
        }
    }

    /** From 18 on a server that misses the publication says so in a warning only, and sends nothing. */
    private void requirePublication() throws SQLException {
        ReplicationConnection receiving = connection;
        SQLWarning warning = receiving == null ? null : receiving.takeWarnings();
        for (; warning != null; warning = warning.getNextWarning()) {
            if (ServerErrors.OBJECT_NOT_IN_PREREQUISITE_STATE.equals(warning.getSQLState())) {
                throw warning;
            }
        }
    }

    private ReplicationStream connect() throws SQLException {
        try (Connection sql = upstream.connections().sql()) {
            ReplicationConnection connected = connection;
            if (connected == null) {
                connected = reconnect(sql);
                connection = connected;
            }
            return connected.stream(
                    upstream.slot().name(), upstream.publication(), delivery.delivered(), silenceMillis(sql));
        }
    }

    private ReplicationConnection reconnect(Connection sql) throws SQLException {
        ReplicationConnection reconnected = upstream.connections().replication();
        try {
            requireSameHistory(reconnected.identifySystem());
            ReplicationSlot slot = upstream.slot();
            slot.release(sql);
            if (!mustResync
                    && upstream.publishes(sql, delivery.tables().live())
                    && !slot.temporary()
                    && slot.state(sql) == ReplicationSlot.State.AVAILABLE) {
                return reconnected;
            }
        } catch (SQLException | RuntimeException e) {
            reconnected.abort();
            throw e;
        }
        reconnected.close();
        return resync(sql);
    }

    /** The slot is gone: a new one, and everything that is followed as it is there. */
    private ReplicationConnection resync(Connection sql) throws SQLException {
        mustResync = true;
        upstream.slot().drop(sql, upstream.connections());
        List<PostgresTable> unchanged = new ArrayList<>();
        Map<TableName, PostgresTable> catalog = upstream.catalog(sql);
        for (PostgresTable table : delivery.beginResync()) {
            if (table.equals(catalog.get(table.name()))) {
                unchanged.add(table);
            } else {
                delivery.tableFailed(
                        table.name(),
                        PgOutputDecoder.schemaChanged(table.name(), "it is not the table that was followed"));
            }
        }
        upstream.publish(sql, unchanged);
        Baseline baseline = upstream.baseline(unchanged);
        delivery.resynced(baseline);
        mustResync = false;
        return baseline.connection();
    }

    private void requireSameHistory(ReplicationConnection.SystemIdentity identity) {
        String before = upstream.facts().systemIdentifier();
        if (!identity.systemIdentifier().equals(before)) {
            throw new MillraceException(
                    ErrorCode.POSITION_LOST,
                    "another database cluster (" + identity.systemIdentifier() + ") answers at "
                            + upstream.options().address() + " than was followed before (" + before
                            + "): close the source and open it anew");
        }
        if (Lsn.isBefore(identity.flushed(), delivery.delivered())) {
            throw new MillraceException(
                    ErrorCode.POSITION_LOST,
                    "the server is at " + Lsn.format(identity.flushed()) + " on timeline " + identity.timeline()
                            + ", behind " + Lsn.format(delivery.delivered())
                            + " which was already received: it was restored to an earlier state. Close the source and open it anew");
        }
    }

    /** A server sends something at least every half of its timeout; 0 if it has none. */
    private static int silenceMillis(Connection sql) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT least(2 * setting::bigint, 2147483647) FROM pg_settings WHERE name = 'wal_sender_timeout'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void closeConnection() {
        ReplicationConnection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.abort();
            } catch (SQLException e) {
                // It was broken already: that is why it is closed.
                return;
            }
        }
    }
}
