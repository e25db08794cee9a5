package dev.millrace.bench;

import dev.millrace.bench.circuit.CircuitBenchmark;
import dev.millrace.bench.dataflow.DataflowBenchmark;
import dev.millrace.bench.follow.FollowBenchmark;
import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.nexmark.NexmarkBenchmark;
import dev.millrace.bench.tpch.TpchBenchmark;
import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they are listed. */
final class Benchmarks {
    static final List<Benchmark> ALL = List.of(
            new FollowBenchmark(),
            new DataflowBenchmark(),
            new NexmarkBenchmark(),
            new CircuitBenchmark(),
            new TpchBenchmark());

    private Benchmarks() {}

    static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
