package dev.millrace.lifecycle;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.connector.Source;
import dev.millrace.connector.SourceListener;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A source in the database: what it tells becomes writes, and a table of it is followed for as long as somebody has a lease on it.
 * Leases change under one lock, which is held while the source begins or ceases to follow, so that the two never cross.
 */
final class AttachedSource implements SourceListener {
    private static final System.Logger LOG = System.getLogger(AttachedSource.class.getName());

    private final String name;
    private final Source source;
    private final Coordinator coordinator;
    private final LiveCircuit circuit;
    private final ReentrantLock leaseLock = new ReentrantLock();
    private final Map<TableName, TableLease> leases = new ConcurrentHashMap<>();
    private volatile boolean retired;
    private volatile List<TableDefinition> definitions = List.of();
    private volatile boolean connected = true;
    private volatile @Nullable MillraceException failure;

    AttachedSource(String name, Source source, Coordinator coordinator, LiveCircuit circuit) {
        this.name = name;
        this.source = source;
        this.coordinator = coordinator;
        this.circuit = circuit;
    }

    /** Whether what is known of the source is current, as far as one can know. */
    boolean isConnected() {
        return connected && failure == null;
    }

    /**
     * Takes no more leases, if there are none now and nobody is about to take one. Does not wait: who takes a lease may wait for the
     * outside system for long.
     *
     * @return whether it is retired now
     */
    boolean retire() {
        if (!leaseLock.tryLock()) {
            return false;
        }
        try {
            retired = leases.values().stream().allMatch(lease -> lease.failure().isPresent());
            return retired;
        } finally {
            leaseLock.unlock();
        }
    }

    /** Asks the source for its tables. Those that are followed stay as they were when that began. */
    void refresh() {
        leaseLock.lock();
        try {
            List<TableDefinition> current = new ArrayList<>();
            for (TableDefinition table : source.tables()) {
                current.add(isFollowed(table.name()) ? definition(table.name()).orElse(table) : table);
            }
            definitions = List.copyOf(current);
        } finally {
            leaseLock.unlock();
        }
    }

    List<CatalogTable> tables() {
        return definitions.stream()
                .map(table -> SourceCatalog.toCatalog(name, table))
                .toList();
    }

    private Optional<TableDefinition> definition(TableName table) {
        return definitions.stream().filter(known -> known.name().equals(table)).findFirst();
    }

    /**
     * Sees that these tables are followed; when it returns their contents are in the circuit, or ahead in its queue. A table
     * whose lease failed is followed anew.
     */
    List<TableLease> acquire(Collection<TableName> tables) {
        leaseLock.lock();
        try {
            requireRunning();
            List<TableName> added =
                    tables.stream().filter(table -> !isFollowed(table)).toList();
            follow(added);
            List<TableLease> held = tables.stream().map(leases::get).toList();
            held.forEach(TableLease::hold);
            return held;
        } finally {
            leaseLock.unlock();
        }
    }

    private boolean isFollowed(TableName table) {
        TableLease lease = leases.get(table);
        return lease != null && lease.failure().isEmpty();
    }

    /** The leases are there before the source is asked, since what it tells of a table may end one. */
    private void follow(List<TableName> added) {
        if (added.isEmpty()) {
            return;
        }
        added.forEach(table -> leases.put(table, new TableLease(table)));
        boolean followed = false;
        try {
            source.follow(added);
            followed = true;
        } finally {
            if (!followed) {
                added.forEach(leases::remove);
                drop(added);
            }
        }
    }

    private void requireRunning() {
        if (retired) {
            throw new MillraceException(ErrorCode.UNKNOWN_SOURCE, "source '" + name + "' was dropped");
        }
        MillraceException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Throws why one of these leases is of no use, if so. To be asked on the circuit's thread, where they end. */
    void requireFollowed(Collection<TableLease> held) {
        requireRunning();
        held.forEach(lease -> lease.failure().ifPresent(cause -> {
            throw cause;
        }));
    }

    /** Gives up these leases; tables that nobody holds any more are not followed on. */
    void release(Collection<TableLease> held) {
        leaseLock.lock();
        try {
            List<TableName> unused = new ArrayList<>();
            for (TableLease lease : held) {
                boolean last = lease.release() && leases.remove(lease.table(), lease);
                if (last && lease.failure().isEmpty()) {
                    unused.add(lease.table());
                }
            }
            if (!unused.isEmpty()) {
                unfollow(unused);
                drop(unused);
            }
        } finally {
            leaseLock.unlock();
        }
    }

    /** Who closes a query has no use for an error: what the server keeps is cleaned up when the source is closed, and harmless until then. */
    private void unfollow(List<TableName> unused) {
        try {
            source.unfollow(unused);
        } catch (MillraceException e) {
            LOG.log(System.Logger.Level.WARNING, "source " + name + " could not cease to follow " + unused, e);
        }
    }

    private void drop(Collection<TableName> tables) {
        coordinator.post(() -> circuit.dropTables(ids(tables)));
    }

    private List<String> ids(Collection<TableName> tables) {
        return tables.stream().map(table -> SourceCatalog.id(name, table)).toList();
    }

    @Override
    public void loaded(List<TableContents> tables, Position position) {
        learn(tables);
        int rows = tables.stream().mapToInt(table -> table.rows().size()).sum();
        write(rows, () -> circuit.load(name, tables, position));
    }

    /** The tables as they were loaded are what queries over them are to be compiled for. */
    private synchronized void learn(List<TableContents> loaded) {
        Map<TableName, TableDefinition> known = new LinkedHashMap<>();
        definitions.forEach(table -> known.put(table.name(), table));
        loaded.forEach(contents -> known.put(contents.table().name(), contents.table()));
        definitions = List.copyOf(known.values());
    }

    @Override
    public void committed(SourceTransaction transaction) {
        write(transaction.changes().size(), () -> circuit.commit(name, transaction));
    }

    @Override
    public void progressed(Position position) {
        write(0, () -> circuit.progress(name, position));
    }

    @Override
    public void resynced(ResyncReason reason, List<TableContents> tables, Position position) {
        LOG.log(System.Logger.Level.WARNING, "source {0}: {1}, read anew at {2}", name, reason, position);
        int rows = tables.stream().mapToInt(table -> table.rows().size()).sum();
        write(rows, () -> circuit.resync(name, reason, tables, position));
    }

    private void write(int rows, Runnable work) {
        connected = true;
        coordinator.write(rows, () -> {
            if (failure != null) {
                return;
            }
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                stop(new MillraceException(
                        ErrorCode.QUERY_FAILED, "what source '" + name + "' sent could not be applied: " + e, e));
            }
        });
    }

    @Override
    public void disconnected(MillraceException cause, Duration retryIn) {
        connected = false;
        LOG.log(
                System.Logger.Level.WARNING,
                "source {0}: {1}; trying again in {2} ms",
                name,
                cause.getMessage(),
                retryIn.toMillis());
    }

    @Override
    public void tableFailed(TableName table, MillraceException cause) {
        TableLease lease = leases.get(table);
        coordinator.write(0, () -> {
            if (lease != null) {
                lease.fail(cause);
            }
            circuit.failTables(ids(List.of(table)), cause);
        });
    }

    @Override
    public void failed(MillraceException cause) {
        failure = cause;
        coordinator.write(0, () -> circuit.failTables(circuit.tablesOf(name), cause));
    }

    /** Stops everything of this source after a bug; called on the circuit's thread. */
    private void stop(MillraceException cause) {
        LOG.log(System.Logger.Level.ERROR, "source " + name + " stopped", cause);
        failure = cause;
        circuit.failTables(circuit.tablesOf(name), cause);
        Thread.ofVirtual().name("millrace-stop-" + name).start(source::close);
    }

    /** Closes the source, leaving the outside system as it was found. */
    void close() {
        source.close();
    }
}
