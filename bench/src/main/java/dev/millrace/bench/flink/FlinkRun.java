package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Content;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the parts of a running job share. They are serialized on their way into the cluster, so they find it by its id; being in the
 * same process, they do find it.
 */
final class FlinkRun implements AutoCloseable {
    private static final Map<String, FlinkRun> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicLong IDS = new AtomicLong();

    private final String id = "run-" + IDS.incrementAndGet();
    private final FlinkInput input;
    private final boolean readsContent;
    private final Pace pace;
    private volatile long endNanos;
    private volatile Content content = Content.NONE;

    private FlinkRun(FlinkInput input, boolean readsContent) {
        this.input = input;
        this.readsContent = readsContent;
        pace = new Pace(input.query());
    }

    /** @param readsContent whether the result is read, and not only counted */
    static FlinkRun of(FlinkInput input, boolean readsContent) {
        FlinkRun run = new FlinkRun(input, readsContent);
        RUNNING.put(run.id, run);
        return run;
    }

    static FlinkRun byId(String id) {
        return Objects.requireNonNull(RUNNING.get(id), () -> "no run " + id);
    }

    String id() {
        return id;
    }

    FlinkInput input() {
        return input;
    }

    boolean readsContent() {
        return readsContent;
    }

    Pace pace() {
        return pace;
    }

    /** The result is complete; if its content is not read, only the number of rows is right. */
    void ended(Content result) {
        content = result;
        endNanos = System.nanoTime();
    }

    /** From the first row of the streams to the end of the result. */
    long nanos() {
        return endNanos - pace.startNanos();
    }

    Content content() {
        return content;
    }

    @Override
    public void close() {
        RUNNING.remove(id);
    }
}
