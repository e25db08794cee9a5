package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.connector.RowChange;
import dev.millrace.connector.Source;
import dev.millrace.connector.SourceListener;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Keeps what it is told, rebuilds the tables from it, and lets a test wait for it. Checks the order of what it is told. */
final class RecordingListener implements SourceListener {
    private static final long PATIENCE_SECONDS = 60;

    /** A failure of a table or of the source. */
    record Failure(String what, MillraceException cause) {}

    final Source source;
    final List<SourceTransaction> transactions = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    final List<MillraceException> disconnections = new ArrayList<>();
    int resyncs;
    boolean connected = true;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Map<TableName, RebuiltTable> tables = new HashMap<>();
    private Position position = new Position(0, "0/0");

    RecordingListener(Source source) {
        this.source = source;
        source.listen(this);
    }

    void follow(String... names) {
        source.follow(Arrays.stream(names).map(TestDatabase::table).toList());
    }

    /** As one does who does not follow a table any more. */
    void forget(String name) {
        lock.lock();
        try {
            // Under the lock, since the stream moves the position meanwhile.
            tell(position, () -> tables.remove(TestDatabase.table(name)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void loaded(List<TableContents> contents, Position at) {
        tell(
                at,
                () -> contents.forEach(table ->
                        assertTrue(tables.put(table.table().name(), new RebuiltTable(table)) == null, "loaded twice")));
    }

    @Override
    public void committed(SourceTransaction transaction) {
        tell(transaction.position(), () -> {
            assertTrue(transaction.position().compareTo(position) > 0, "a transaction twice: " + transaction);
            transactions.add(transaction);
            for (RowChange change : transaction.changes()) {
                table(change.table()).apply(change);
            }
        });
    }

    @Override
    public void progressed(Position at) {
        tell(at, () -> {
            assertTrue(at.compareTo(position) > 0 || !connected, "no progress");
            connected = true;
        });
    }

    @Override
    public void resynced(ResyncReason reason, List<TableContents> contents, Position at) {
        tell(at, () -> {
            resyncs++;
            tables.clear();
            contents.forEach(table -> tables.put(table.table().name(), new RebuiltTable(table)));
        });
    }

    @Override
    public void disconnected(MillraceException cause, Duration retryIn) {
        tell(position, () -> {
            connected = false;
            disconnections.add(cause);
        });
    }

    @Override
    public void tableFailed(TableName table, MillraceException cause) {
        tell(position, () -> {
            tables.remove(table);
            failures.add(new Failure(table.toString(), cause));
        });
    }

    @Override
    public void failed(MillraceException cause) {
        tell(position, () -> failures.add(new Failure("source", cause)));
    }

    private void tell(Position at, Runnable what) {
        lock.lock();
        try {
            assertTrue(at.compareTo(position) >= 0, "from " + position + " back to " + at);
            what.run();
            position = at;
            told.signalAll();
        } catch (AssertionError e) {
            failures.add(new Failure("test: " + e.getMessage(), Delivery.closed()));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private RebuiltTable table(TableName name) {
        return Objects.requireNonNull(tables.get(name), () -> name + " is not followed");
    }

    void await(BooleanSupplier condition, String what) {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                assertTrue(nanos > 0, "waited in vain for " + what + "; failures " + failures);
                nanos = told.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was committed before this call was told. */
    void catchUp() {
        Position now = source.currentPosition();
        await(() -> position.compareTo(now) >= 0, "position " + now);
    }

    Position position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** The rows as the listener was told them, ordered. */
    List<Row> rows(String table) {
        lock.lock();
        try {
            return table(TestDatabase.table(table)).rows();
        } finally {
            lock.unlock();
        }
    }

    /** All changes of a table, in order. */
    List<RowChange> changes(String table) {
        lock.lock();
        try {
            return transactions.stream()
                    .flatMap(transaction -> transaction.changes().stream())
                    .filter(change -> change.table().name().equals(table))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
