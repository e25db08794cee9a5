package dev.millrace.bench.tpch;

import dev.millrace.Millrace;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.follow.BareFollower;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.tpch.Refreshes;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The least that a refresh takes to come out of Postgres: a reader of its replication stream that drops what it reads, beside a Millrace that counts the line items. Each follows alone. What a
 * query's refreshes take more than this is the query's.
 */
record BareStream(PostgresServer server, Connection connection, Refreshes refreshes) implements Workload {
    static final String NAME = "stream";
    private static final String PUBLICATION = "bench_stream";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE orders, lineitem");
            Metric metric = new Metric(NAME, "refreshes/s", Comparison.RATIO, OptionalDouble.empty());
            try {
                return new Match("bare stream", List.of(metric), this::count, this::read).play(effort, progress);
            } finally {
                statement.execute("DROP PUBLICATION " + PUBLICATION);
            }
        }
    }

    private double[] count() throws Exception {
        try (Millrace millrace = TpchBenchmark.following(server);
                LineItems items = new LineItems(millrace)) {
            return Turns.perSecond(refreshes, (number, _) -> items.awaitMoreThan(number));
        }
    }

    private double[] read() throws Exception {
        try (BareFollower follower = BareFollower.open(server, PUBLICATION)) {
            return Turns.perSecond(refreshes, (_, rows) -> follower.awaitRows(rows));
        }
    }
}
