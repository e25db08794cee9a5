package dev.millrace.bench.nexmark;

import dev.millrace.bench.contest.BesideFlink;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nexmark beside Flink SQL. Run it with {@code ./millrace bench nexmark}, some of its queries with {@code ./millrace bench nexmark q3 q4};
 * {@code --quick} plays fewer rounds over fewer events.
 */
public final class NexmarkBenchmark implements Benchmark {
    private static final int EVENTS = 1_000_000;
    private static final int QUICK_EVENTS = 200_000;
    private static final double TIMES = 10;

    private static final List<BesideFlink> QUERIES = Stream.of(NexmarkQuery.values())
            .map(query -> new BesideFlink(
                    query.workload(), query.over(EVENTS), query.over(QUICK_EVENTS), false, OptionalDouble.empty()))
            .toList();

    @Override
    public String name() {
        return "nexmark";
    }

    @Override
    public String description() {
        return "the queries of Nexmark that need no event time, beside Flink SQL: rows/s, and the geometric mean of all";
    }

    @Override
    public List<String> workloads() {
        return QUERIES.stream().map(Workload::name).toList();
    }

    @Override
    public List<Outcome> run(Set<String> workloads, Effort effort, Progress progress) throws Exception {
        List<Outcome> outcomes = new ArrayList<>(Workload.runAll(QUERIES, workloads, effort, progress));
        if (outcomes.size() > 1) {
            outcomes.add(Outcome.geometricMean("geometric mean", outcomes, TIMES));
        }
        return outcomes;
    }
}
