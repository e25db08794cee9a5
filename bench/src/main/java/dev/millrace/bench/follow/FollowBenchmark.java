package dev.millrace.bench.follow;

import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.testkit.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * From the log into a live aggregate, beside a bare pgjdbc replication stream of the same messages. Run it with
 * {@code ./millrace bench follow}; {@code --quick} plays fewer rounds of the same size.
 */
public final class FollowBenchmark implements Benchmark {
    private static final String PUBLICATION = "bench_bare";
    private static final String AGAINST = "pgjdbc";
    private static final String THROUGHPUT = "insert-200k";
    private static final String LATENCY = "commit-latency";
    private static final int ROWS = 200_000;
    private static final int TRANSACTIONS = 1_000;

    /** Nothing but the contestants is to be at work, and no checkpoint within a round. */
    private static final Map<String, String> SETTINGS =
            Map.of("autovacuum", "off", "max_wal_size", "8GB", "checkpoint_timeout", "1h", "shared_buffers", "256MB");

    @Override
    public String name() {
        return "follow";
    }

    @Override
    public String description() {
        return "from Postgres's log into a live aggregate, beside a bare pgjdbc stream: rows/s and commit-to-callback latency";
    }

    @Override
    public List<String> workloads() {
        return List.of(THROUGHPUT, LATENCY);
    }

    @Override
    public List<Outcome> run(Set<String> workloads, Effort effort, Progress progress) throws Exception {
        progress.tell("starting a Postgres");
        try (PostgresServer server = PostgresServer.start(SETTINGS);
                ReadingsTable table = new ReadingsTable(server)) {
            server.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + ReadingsTable.NAME);
            Follower.Opener millrace = () -> MillraceFollower.open(server);
            Follower.Opener bare = () -> BareFollower.open(server, PUBLICATION);
            List<Outcome> outcomes = new ArrayList<>();
            if (workloads.contains(THROUGHPUT)) {
                outcomes.addAll(throughput(table, millrace, bare).play(effort, progress));
            }
            if (workloads.contains(LATENCY)) {
                outcomes.addAll(latency(table, millrace, bare).play(effort, progress));
            }
            return outcomes;
        }
    }

    private static Match throughput(ReadingsTable table, Follower.Opener millrace, Follower.Opener bare) {
        Metric rate = new Metric(THROUGHPUT, "rows/s", Comparison.RATIO, OptionalDouble.of(0.8));
        return new Match(
                AGAINST, List.of(rate), new Throughput(table, millrace, ROWS), new Throughput(table, bare, ROWS));
    }

    private static Match latency(ReadingsTable table, Follower.Opener millrace, Follower.Opener bare) {
        Metric median = new Metric(LATENCY + "-p50", "ms", Comparison.DIFFERENCE, OptionalDouble.of(0.3));
        Metric tail = new Metric(LATENCY + "-p99", "ms", Comparison.DIFFERENCE, OptionalDouble.empty());
        return new Match(
                AGAINST,
                List.of(median, tail),
                new Latency(table, millrace, TRANSACTIONS),
                new Latency(table, bare, TRANSACTIONS));
    }
}
