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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<TableName, Lease> leases = new HashMap<>();
    private volatile List<TableDefinition> definitions = List.of();
    private volatile boolean connected = true;
    private volatile @Nullable MillraceException failure;

    /** A table that is followed, and by how many. One that is not among the leases any more is void. */
    static final class Lease {
        private final TableName table;
        private int holders;

        Lease(TableName table) {
            this.table = table;
        }
    }

    AttachedSource(String name, Source source, Coordinator coordinator, LiveCircuit circuit) {
        this.name = name;
        this.source = source;
        this.coordinator = coordinator;
        this.circuit = circuit;
    }

    String name() {
        return name;
    }

    /** Whether what is known of the source is current, as far as one can know. */
    boolean isConnected() {
        return connected && failure == null;
    }

    boolean isInUse() {
        leaseLock.lock();
        try {
            return !leases.isEmpty();
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
                current.add(
                        leases.containsKey(table.name())
                                ? definition(table.name()).orElse(table)
                                : table);
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

    /** Sees that these tables are followed; when it returns their contents are in the circuit, or ahead in its queue. */
    List<Lease> acquire(Collection<TableName> tables) {
        leaseLock.lock();
        try {
            MillraceException failed = failure;
            if (failed != null) {
                throw failed;
            }
            List<TableName> added =
                    tables.stream().filter(table -> !leases.containsKey(table)).toList();
            if (!added.isEmpty()) {
                source.follow(added);
                added.forEach(table -> leases.put(table, new Lease(table)));
            }
            List<Lease> held = tables.stream().map(leases::get).toList();
            held.forEach(lease -> lease.holders++);
            return held;
        } finally {
            leaseLock.unlock();
        }
    }

    /** Gives up these leases; tables that nobody holds any more are not followed on. */
    void release(Collection<Lease> held) {
        leaseLock.lock();
        try {
            List<TableName> unused = new ArrayList<>();
            for (Lease lease : held) {
                boolean last = leases.get(lease.table) == lease && --lease.holders == 0;
                if (last) {
                    leases.remove(lease.table);
                    unused.add(lease.table);
                }
            }
            if (!unused.isEmpty() && failure == null) {
                source.unfollow(unused);
                drop(unused);
            }
        } finally {
            leaseLock.unlock();
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
        int rows = tables.stream().mapToInt(table -> table.rows().size()).sum();
        write(rows, () -> circuit.load(name, tables, position));
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
        coordinator.write(0, () -> circuit.failTables(ids(List.of(table)), cause));
        // The caller may hold the source's own locks, and who holds the lease lock may wait for those.
        Thread.ofVirtual().name("millrace-lease-" + name).start(() -> cancel(table));
    }

    /** The table is not followed any more; who still holds it has been told. */
    private void cancel(TableName table) {
        leaseLock.lock();
        try {
            leases.remove(table);
        } finally {
            leaseLock.unlock();
        }
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
