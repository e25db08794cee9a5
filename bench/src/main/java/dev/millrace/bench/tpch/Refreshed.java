package dev.millrace.bench.tpch;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.testkit.JdbcRows;
import dev.millrace.testkit.ResultComparison;
import dev.millrace.testkit.tpch.Refreshes;
import dev.millrace.testkit.tpch.TpchQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One query while orders are inserted and deleted. Millrace's time is that from when the commit of such a transaction has returned until its change is in all live results, which a subscriber has been told
 * of. Postgres's time is that of the query, asked anew, with all its rows read. At the end of each round both results are the same, or the benchmark fails.
 */
record Refreshed(TpchQuery query, Connection connection, Millrace millrace, LineItems items, Refreshes refreshes)
        implements Workload {
    @Override
    public String name() {
        return query.name();
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        try (LiveQuery live = millrace.live(query.sql())) {
            live.subscribe(new Reader());
            Metric metric = new Metric(name(), "refreshes/s", Comparison.RATIO, OptionalDouble.empty());
            return new Match("Postgres", List.of(metric), () -> follow(live), this::answer).play(effort, progress);
        }
    }

    private double[] follow(LiveQuery live) throws Exception {
        int told = items.told();
        double[] perSecond = Turns.perSecond(refreshes, (number, rows) -> items.awaitMoreThan(told + number));
        ResultComparison.UNORDERED
                .difference(rows(), ResultComparison.values(live.current().rows()))
                .ifPresent(difference -> {
                    throw new IllegalStateException(name() + " is not what Postgres answers: " + difference);
                });
        return perSecond;
    }

    private double[] answer() throws SQLException {
        long start = System.nanoTime();
        for (int number = 0; number < Turns.count(); number++) {
            rows();
        }
        return Turns.perSecond(System.nanoTime() - start);
    }

    private List<@Nullable Object[]> rows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.sql())) {
            return JdbcRows.read(rows);
        }
    }
}
