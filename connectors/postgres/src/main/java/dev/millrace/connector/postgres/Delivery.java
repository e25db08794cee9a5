package dev.millrace.connector.postgres;

import dev.millrace.connector.ResyncReason;
import dev.millrace.connector.RowChange;
import dev.millrace.connector.SourceListener;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener, one call at a time, in the order of positions, each thing once. The receiving thread and those that
 * follow tables meet here: a transaction is delivered, or a table becomes live, never both at once.
 */
final class Delivery {
    private final ReentrantLock lock = new ReentrantLock();
    private final SourceListener listener;
    private final FollowedTables tables = new FollowedTables();
    /** Everything that committed before is delivered or not wanted. Written under the lock. */
    private volatile long delivered;

    private volatile @Nullable MillraceException end;
    private volatile @Nullable Load loading;
    private boolean resyncing;
    private boolean disconnected;

    Delivery(SourceListener listener) {
        this.listener = listener;
    }

    FollowedTables tables() {
        return tables;
    }

    long delivered() {
        return delivered;
    }

    /** The first tables' contents. */
    void start(List<PostgresTable> first, Baseline baseline) {
        locked(() -> {
            tables.addLive(first);
            loaded(baseline.contents(), baseline.position());
        });
    }

    void committed(Transaction transaction) {
        locked(() -> {
            if (!Lsn.isBefore(delivered, transaction.end())) {
                return;
            }
            installIfReached(transaction.commit());
            transaction.failures().forEach(this::fail);
            List<RowChange> changes = wanted(transaction);
            if (changes.isEmpty()) {
                listener.progressed(Lsn.position(transaction.end()));
            } else {
                listener.committed(
                        new SourceTransaction(Lsn.position(transaction.end()), transaction.commitMicros(), changes));
            }
            delivered = transaction.end();
            disconnected = false;
        });
    }

    /** Those of the live tables; those of loading ones are held back. */
    private List<RowChange> wanted(Transaction transaction) {
        Load load = loading;
        if (load == null && transaction.tablesVersion() == tables.version()) {
            return transaction.changes();
        }
        List<RowChange> wanted = new ArrayList<>();
        for (RowChange change : transaction.changes()) {
            if (tables.isLive(change.table())) {
                wanted.add(change);
            } else if (load != null && load.names().contains(change.table())) {
                load.hold(transaction.commit(), change);
            }
        }
        return wanted;
    }

    /** All that committed before this position was received. Told when it is new, or the first word after a disconnection. */
    void progressed(long position) {
        locked(() -> {
            installIfReached(position);
            if (disconnected || Lsn.isBefore(delivered, position)) {
                delivered = Lsn.max(delivered, position);
                listener.progressed(Lsn.position(delivered));
                disconnected = false;
            }
        });
    }

    /** From here on changes of these tables are held back. */
    Load load(List<PostgresTable> added) {
        Load load = new Load(added);
        locked(() -> {
            loading = load;
            tables.addLoading(added);
        });
        // Whoever closed in the meantime may not have seen the load.
        requireOpen();
        return load;
    }

    /** The tables become live as soon as the stream has reached the consistent point: now, or in the receiving thread. */
    void copied(Load load, Baseline baseline) {
        locked(() -> {
            load.copied(baseline);
            installIfReached(delivered);
        });
    }

    void abandon(Load load) {
        lock.lock();
        try {
            if (loading == load) {
                loading = null;
                tables.remove(load.names());
            }
        } finally {
            lock.unlock();
        }
    }

    private void installIfReached(long position) {
        Load load = loading;
        if (load == null || resyncing || load.outcome.isDone() || !load.isReachedAt(position)) {
            return;
        }
        List<TableContents> contents = load.contents();
        loading = null;
        tables.addLive(load.tables());
        try {
            loaded(contents, Lsn.max(load.consistentPoint(), delivered));
        } catch (RuntimeException | Error e) {
            tables.remove(load.names());
            load.outcome.completeExceptionally(e);
            throw e;
        }
        load.outcome.complete(Load.Outcome.INSTALLED);
    }

    private void loaded(List<TableContents> contents, long position) {
        listener.loaded(contents, Lsn.position(position));
        delivered = position;
    }

    /** The stream will continue at another place; what is live then must be read anew. */
    List<PostgresTable> beginResync() {
        locked(() -> {
            resyncing = true;
            staleLoad();
        });
        return tables.live();
    }

    void resynced(Baseline baseline) {
        locked(() -> {
            staleLoad();
            resyncing = false;
            List<TableContents> live = baseline.contents().stream()
                    .filter(contents -> tables.isLive(contents.table().name()))
                    .toList();
            listener.resynced(ResyncReason.SLOT_RECREATED, live, Lsn.position(baseline.position()));
            delivered = baseline.position();
            disconnected = false;
        });
    }

    private void staleLoad() {
        if (loading != null) {
            loading.outcome.complete(Load.Outcome.STALE);
        }
    }

    void forget(Collection<TableName> names) {
        lock.lock();
        try {
            tables.remove(names);
        } finally {
            lock.unlock();
        }
    }

    void tableFailed(TableName table, MillraceException cause) {
        locked(() -> fail(table, cause));
    }

    private void fail(TableName table, MillraceException cause) {
        Load load = loading;
        if (load != null && load.names().contains(table)) {
            load.fail(cause);
        } else if (tables.isLive(table)) {
            tables.remove(List.of(table));
            listener.tableFailed(table, cause);
        }
    }

    void disconnected(MillraceException cause, Duration retryIn) {
        locked(() -> {
            disconnected = true;
            listener.disconnected(cause, retryIn);
        });
    }

    /** The source gives up. */
    void failed(MillraceException cause) {
        lock.lock();
        try {
            if (end == null) {
                close(cause);
                listener.failed(cause);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is told from here on. Does not wait for the listener. */
    void close(MillraceException cause) {
        end = cause;
        Load load = loading;
        if (load != null) {
            load.fail(cause);
        }
    }

    /** Throws if nothing will be told any more. */
    void requireOpen() {
        MillraceException cause = end;
        if (cause != null) {
            throw new MillraceException(cause.code(), cause.detail(), cause);
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            requireOpen();
            work.run();
        } finally {
            lock.unlock();
        }
    }

    static MillraceException closed() {
        return new MillraceException(ErrorCode.CLOSED, "the source is closed");
    }
}
