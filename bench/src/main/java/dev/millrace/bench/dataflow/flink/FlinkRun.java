package dev.millrace.bench.dataflow.flink;

import dev.millrace.bench.dataflow.rows.Query;
import dev.millrace.bench.dataflow.rows.Relation;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the parts of a running job share. They are serialized on their way into the cluster, so they find it by its id; being in the
 * same process, they do find it.
 */
final class FlinkRun implements AutoCloseable {
    private static final Map<String, FlinkRun> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicLong IDS = new AtomicLong();

    private final String id = "run-" + IDS.incrementAndGet();
    private final Query query;
    private final AtomicLong dimensionsToRead;
    private final CompletableFuture<Void> dimensionsRead = new CompletableFuture<>();
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile long resultRows;

    private FlinkRun(Query query) {
        this.query = query;
        dimensionsToRead = new AtomicLong(query.dimensions().size());
        if (query.dimensions().isEmpty()) {
            dimensionsRead.complete(null);
        }
    }

    static FlinkRun of(Query query) {
        FlinkRun run = new FlinkRun(query);
        RUNNING.put(run.id, run);
        return run;
    }

    static FlinkRun byId(String id) {
        return Objects.requireNonNull(RUNNING.get(id), () -> "no run " + id);
    }

    String id() {
        return id;
    }

    Relation relation(String name) {
        return Stream.concat(Stream.of(query.stream()), query.dimensions().stream())
                .filter(relation -> relation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean isStream(Relation relation) {
        return relation.name().equals(query.stream().name());
    }

    /** Done when all dimensions have been handed to the query. */
    CompletableFuture<Void> dimensionsRead() {
        return dimensionsRead;
    }

    void dimensionRead() {
        if (dimensionsToRead.decrementAndGet() == 0) {
            dimensionsRead.complete(null);
        }
    }

    void streamStarts() {
        startNanos = System.nanoTime();
    }

    /** The result is complete, with this many rows. */
    void ended(long rows) {
        resultRows = rows;
        endNanos = System.nanoTime();
    }

    /** From the first row of the stream to the end of the result. */
    long nanos() {
        return endNanos - startNanos;
    }

    long resultRows() {
        return resultRows;
    }

    @Override
    public void close() {
        RUNNING.remove(id);
    }
}
