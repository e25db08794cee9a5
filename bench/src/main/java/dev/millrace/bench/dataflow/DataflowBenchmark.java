package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.BesideFlink;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the dataflow core is promised to do. Run it with {@code ./millrace bench dataflow}, parts of it with
 * {@code ./millrace bench dataflow group-by join-index}; {@code --quick} plays fewer rounds over fewer rows.
 */
public final class DataflowBenchmark implements Benchmark {
    private static final List<Workload> WORKLOADS = List.of(
            new GroupBy(),
            besideFlink("join-sum", Queries.Shape.JOIN_SUM, 20),
            besideFlink("top-n", Queries.Shape.TOP_N, 15),
            new Stateless(),
            new OneRow(),
            new QueryStart(),
            new JoinIndex());

    private static BesideFlink besideFlink(String name, Queries.Shape shape, double times) {
        return new BesideFlink(
                name, shape.sized(2_000_000, 10_000), shape.sized(100_000, 10_000), true, OptionalDouble.of(times));
    }

    @Override
    public String name() {
        return "dataflow";
    }

    @Override
    public String description() {
        return "the dataflow core, beside Flink SQL, loops written by hand, and what was promised: rows/s, ns a step, bytes a row";
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
