package dev.millrace.connector.postgres;

import dev.millrace.connector.Position;
import dev.millrace.connector.Source;
import dev.millrace.connector.SourceListener;
import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A Postgres database as a source. What it creates there begins with {@code millrace_} and is removed by {@link #close}. */
final class PostgresSource implements Source {
    private static final Duration LISTENER_PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Upstream upstream;
    private final CurrentPosition currentPosition;
    /** One thread at a time follows, unfollows or cleans up. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile boolean closed;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable WalFollower follower;

    private PostgresSource(String name, Upstream upstream) {
        this.name = name;
        this.upstream = upstream;
        this.currentPosition = new CurrentPosition(upstream.connections(), upstream.facts());
    }

    static PostgresSource open(String name, PostgresOptions options) {
        return new PostgresSource(name, Upstream.open(name, options));
    }

    @Override
    public List<TableDefinition> tables() {
        requireOpen();
        try (Connection connection = upstream.connections().sql()) {
            return upstream.catalog(connection).values().stream()
                    .map(PostgresTable::definition)
                    .toList();
        } catch (SQLException e) {
            throw diagnose(e, "cannot read the catalog");
        }
    }

    @Override
    public void listen(SourceListener listener) {
        if (delivery != null) {
            throw new IllegalStateException("the source " + name + " has a listener");
        }
        delivery = new Delivery(listener);
    }

    @Override
    public void follow(Collection<TableName> tables) {
        changing.lock();
        try {
            Delivery told = told();
            told.requireOpen();
            List<PostgresTable> added = upstream.require(tables.stream()
                    .filter(table -> !told.tables().isLive(table))
                    .toList());
            if (added.isEmpty()) {
                return;
            }
            if (follower == null) {
                followFirst(added, told);
            } else {
                followToo(added, told);
            }
        } catch (SQLException e) {
            throw diagnose(e, "cannot follow " + tables);
        } finally {
            changing.unlock();
        }
    }

    private void followFirst(List<PostgresTable> added, Delivery told) throws SQLException {
        try {
            publish(added);
            Baseline baseline = upstream.baseline(added);
            try {
                told.start(added, baseline);
            } catch (RuntimeException | Error e) {
                undo(e, () -> baseline.connection().close());
                throw e;
            }
            WalFollower started = new WalFollower(name, upstream, told, baseline.connection());
            follower = started;
            started.start();
        } catch (SQLException | RuntimeException | Error e) {
            told.forget(added.stream().map(PostgresTable::name).toList());
            undo(e, this::remove);
            throw e;
        }
    }

    private void followToo(List<PostgresTable> added, Delivery told) throws SQLException {
        Load.Outcome outcome;
        do {
            Load load = told.load(added);
            try {
                publish(added);
                told.copied(load, upstream.passingBaseline(added));
                outcome = await(load);
            } catch (SQLException | RuntimeException | Error e) {
                // The receiving thread may be about to install the load, or have done so: neither is possible any more
                // after this.
                told.abandon(load);
                told.forget(load.names());
                undo(e, () -> unpublish(added));
                throw e;
            }
            told.abandon(load);
        } while (outcome == Load.Outcome.STALE);
    }

    private static Load.Outcome await(Load load) {
        try {
            return load.outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.INTERRUPTED, "interrupted while tables were being loaded", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MillraceException cause) {
                throw new MillraceException(cause.code(), cause.detail(), cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void unfollow(Collection<TableName> tables) {
        changing.lock();
        try {
            Delivery told = told();
            List<PostgresTable> removing = told.tables().live().stream()
                    .filter(table -> tables.contains(table.name()))
                    .toList();
            told.forget(removing.stream().map(PostgresTable::name).toList());
            unpublish(removing);
        } catch (SQLException e) {
            throw diagnose(e, "cannot take " + tables + " out of the publication");
        } finally {
            changing.unlock();
        }
    }

    private void publish(List<PostgresTable> tables) throws SQLException {
        try (Connection connection = upstream.connections().sql()) {
            upstream.publish(connection, tables);
        }
    }

    private void unpublish(List<PostgresTable> tables) throws SQLException {
        try (Connection connection = upstream.connections().sql()) {
            upstream.unpublish(connection, tables);
        }
    }

    @Override
    public Position currentPosition() {
        requireOpen();
        try {
            return Lsn.position(currentPosition.read());
        } catch (SQLException e) {
            throw diagnose(e, "cannot ask for the current position");
        }
    }

    @Override
    public void close() {
        Uninterrupted.run(this::end);
    }

    private void end() {
        closed = true;
        Delivery told = delivery;
        if (told != null) {
            told.close(Delivery.closed());
        }
        stopFollower();
        try {
            upstream.connections().shutDown();
        } catch (SQLException e) {
            throw ServerErrors.diagnose(
                    e, upstream.options(), "cannot end the connections (clean up with " + upstream.leftBehind() + ")");
        }
        changing.lock();
        try {
            // One that was only just started when the others were stopped is stopped now.
            stopFollower();
            WalFollower stopped = follower;
            if (stopped != null) {
                stopped.join(LISTENER_PATIENCE);
                // Whoever interrupts the wait does not keep the server from being left clean either.
                Uninterrupted.run(this::remove);
                follower = null;
            }
        } catch (SQLException e) {
            throw ServerErrors.diagnose(
                    e, upstream.options(), "cannot clean up (do so later with " + upstream.leftBehind() + ")");
        } finally {
            changing.unlock();
        }
    }

    private void stopFollower() {
        WalFollower running = follower;
        if (running != null) {
            running.stop();
        }
    }

    /** By connections of its own, as those of the source may be shut down. */
    private void remove() throws SQLException {
        Connections cleaning = new Connections(upstream.options(), name);
        upstream.remove(cleaning);
        cleaning.shutDown();
    }

    private Delivery told() {
        requireOpen();
        Delivery told = delivery;
        if (told == null) {
            throw new IllegalStateException("the source " + name + " has no listener");
        }
        return told;
    }

    private void requireOpen() {
        if (closed) {
            throw Delivery.closed();
        }
    }

    private MillraceException diagnose(SQLException error, String doing) {
        if (closed) {
            return new MillraceException(ErrorCode.CLOSED, doing + ": the source is closed", error);
        }
        return ServerErrors.diagnose(error, upstream.options(), doing);
    }

    private static void undo(Throwable failure, Uninterrupted.Work<SQLException> undo) {
        try {
            Uninterrupted.run(undo);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
