package dev.millrace.bench;

import dev.millrace.bench.harness.Benchmark;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace bench}: lists the benchmarks or runs one. Results go to standard output, progress to standard error. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures Millrace beside a peer or a limit, in turns, on this machine. Without a name: lists the benchmarks.")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The benchmark to run.")
    private @Nullable String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description = "Those of its workloads to measure. Without: all.")
    private List<String> workloads = List.of();

    @Option(names = "--quick", description = "Fewer rounds and rows: ends within two minutes.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object a line in place of the table.")
    private boolean json;

    /**
     * Runs it.
     *
     * @throws Exception what kept the benchmark from measuring
     */
    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec, "run by picocli");
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        if (name == null) {
            Benchmarks.ALL.forEach(benchmark -> out.printf("%-10s %s%n", benchmark.name(), benchmark.description()));
            out.flush();
            return 0;
        }
        Benchmark benchmark = Benchmarks.named(name)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "there is no benchmark '" + name + "'; there is "
                                + Benchmarks.ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
        for (String workload : workloads) {
            if (!benchmark.workloads().contains(workload)) {
                throw new ParameterException(
                        command.commandLine(),
                        "'" + name + "' has no workload '" + workload + "'; it has "
                                + String.join(", ", benchmark.workloads()));
            }
        }
        Set<String> chosen = Set.copyOf(workloads.isEmpty() ? benchmark.workloads() : workloads);
        var outcomes = benchmark.run(chosen, quick ? Effort.QUICK : Effort.FULL, line -> {
            err.println(line);
            err.flush();
        });
        Report report = new Report(benchmark.name(), outcomes);
        out.print(json ? report.json() : report.table());
        out.flush();
        return 0;
    }
}
