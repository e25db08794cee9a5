package dev.millrace.bench.circuit;

import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.List;
import java.util.Set;

/**
 * What one circuit for all queries is promised to do. Run it with {@code ./millrace bench circuit}, parts of it with
 * {@code ./millrace bench circuit different-queries attach}; {@code --quick} plays fewer rounds, with fewer queries.
 */
public final class CircuitBenchmark implements Benchmark {
    private static final List<Workload> WORKLOADS = List.of(
            new Shards(
                    "shards-group-by",
                    Queries.Shape.GROUP_BY.sized(10_000_000, 100_000),
                    Queries.Shape.GROUP_BY.sized(500_000, 100_000)),
            shards("shards-join", Queries.Shape.JOIN_SUM),
            shards("shards-top-k", Queries.Shape.TOP_N),
            new Bindings("bindings-100", 100),
            new Bindings("bindings-10k", 10_000),
            new Bindings("bindings-100k", 100_000),
            new DifferentQueries(),
            new WindowTail("window-sum", "SUM(amount)"),
            new WindowTail("window-row-number", "ROW_NUMBER()"),
            new Expiry("expiry-1m", 1_000_000),
            new Closure(),
            new Attach("attach", 50, Attach.Manner.SUBSCRIBER),
            new Attach("attach-binding", 200, Attach.Manner.BINDING));

    private static Shards shards(String name, Queries.Shape shape) {
        return new Shards(name, shape.sized(2_000_000, 10_000), shape.sized(100_000, 10_000));
    }

    @Override
    public String name() {
        return "circuit";
    }

    @Override
    public String description() {
        return "one circuit for all queries: several threads, what a changed row costs among many queries, what it costs to attach";
    }

    @Override
    public List<String> workloads() {
        return WORKLOADS.stream().map(Workload::name).toList();
    }

    @Override
    public List<Outcome> run(Set<String> workloads, Effort effort, Progress progress) throws Exception {
        return Workload.runAll(WORKLOADS, workloads, effort, progress);
    }
}
