package dev.millrace.bench.dataflow;

import dev.millrace.bench.dataflow.rows.Queries;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the dataflow core is promised to do. Run it with {@code ./millrace bench dataflow}, parts of it with
 * {@code ./millrace bench dataflow group-by join-index}; {@code --quick} plays fewer rounds over fewer rows.
 */
public final class DataflowBenchmark implements Benchmark {
    private static final List<Workload> WORKLOADS = List.of(
            new GroupBy(),
            new BesideFlink("join-sum", Queries.Shape.JOIN_SUM, 2_000_000, 100_000, 10_000, 20),
            new BesideFlink("top-n", Queries.Shape.TOP_N, 2_000_000, 100_000, 10_000, 15),
            new Stateless(),
            new OneRow(),
            new QueryStart(),
            new JoinIndex());

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
        List<Outcome> outcomes = new ArrayList<>();
        for (Workload workload : WORKLOADS) {
            if (workloads.contains(workload.name())) {
                outcomes.addAll(workload.run(effort, progress));
            }
        }
        return outcomes;
    }
}
