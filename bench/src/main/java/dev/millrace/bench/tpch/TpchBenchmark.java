package dev.millrace.bench.tpch;

import dev.millrace.Millrace;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.tpch.Refreshes;
import dev.millrace.testkit.tpch.Tpch;
import dev.millrace.testkit.tpch.TpchQuery;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The 22 queries of TPC-H over a Postgres with the data of scale 0.1, beside that Postgres, which has the indexes that help it. Run it with {@code ./millrace bench tpch}, some queries with
 * {@code ./millrace bench tpch q1 q3}; {@code --quick} plays fewer rounds at scale 0.01.
 */
public final class TpchBenchmark implements Benchmark {
    private static final Tpch FULL = new Tpch(0.1);
    private static final Tpch QUICK = new Tpch(0.01);
    private static final double TIMES = 20;

    @Override
    public String name() {
        return "tpch";
    }

    @Override
    public String description() {
        return "the queries of TPC-H: refreshes of 1,000 rows that are followed in a second, beside Postgres answering anew";
    }

    @Override
    public List<String> workloads() {
        return Stream.concat(Stream.of(BareStream.NAME), FULL.queries().stream().map(TpchQuery::name))
                .toList();
    }

    @Override
    public List<Outcome> run(Set<String> workloads, Effort effort, Progress progress) throws Exception {
        Tpch tpch = Workload.sized(effort, FULL, QUICK);
        List<Outcome> stream = List.of();
        List<Outcome> queries = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start();
                Connection connection = server.connect()) {
            tpch.create(connection);
            progress.tell("the tables are filled");
            Refreshes refreshes = new Refreshes(tpch, connection);
            if (workloads.contains(BareStream.NAME)) {
                stream = new BareStream(server, connection, refreshes).run(effort, progress);
            }
            try (Millrace millrace = following(server);
                    LineItems items = new LineItems(millrace)) {
                for (TpchQuery query : tpch.queries()) {
                    if (workloads.contains(query.name())) {
                        queries.addAll(
                                new Refreshed(query, connection, millrace, items, refreshes).run(effort, progress));
                    }
                }
            }
        }
        if (queries.size() > 1) {
            queries.add(Outcome.geometricMean("geometric mean", queries, TIMES));
        }
        return Stream.concat(stream.stream(), queries.stream()).toList();
    }

    /** A Millrace whose source the server is. */
    static Millrace following(PostgresServer server) {
        Millrace millrace = Millrace.inMemory();
        millrace.execute("CREATE SOURCE tpch FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                .formatted(server.jdbcUrl(), server.user(), server.password()));
        return millrace;
    }
}
