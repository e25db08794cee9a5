package dev.millrace.bench.dataflow.step;

import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Progress;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package, in a process with the options of this one. A round is an iteration of JMH. */
public final class ForkedSteps {
    private static final TimeValue ITERATION = TimeValue.seconds(1);

    private ForkedSteps() {}

    /**
     * How many nanoseconds a step of {@link StatelessStep} takes on average, in each round.
     *
     * @throws RunnerException if it failed
     */
    public static List<Double> statelessNanos(Effort effort, Progress progress) throws RunnerException {
        progress.tell("stateless: measuring single steps");
        return perRound(
                run(options(StatelessStep.class, effort)),
                iteration -> iteration.getPrimaryResult().getScore());
    }

    /**
     * How long steps of {@link AggregateStep} take, over this many rows.
     *
     * @throws RunnerException if it failed
     */
    public static StepTimes aggregate(int rows, Effort effort, Progress progress) throws RunnerException {
        progress.tell(String.format(Locale.ROOT, "one-row: measuring single steps over %,d rows", rows));
        RunResult result = run(options(AggregateStep.class, effort).param("rows", String.valueOf(rows)));
        return new StepTimes(percentile(result, 50), percentile(result, 99.9));
    }

    private static List<Double> percentile(RunResult result, double percent) {
        return perRound(
                result,
                iteration -> iteration.getPrimaryResult().getStatistics().getPercentile(percent));
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, Effort effort) {
        return new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupIterations(effort.warmUps())
                .warmupTime(ITERATION)
                .measurementIterations(effort.rounds())
                .measurementTime(ITERATION)
                // The archive of classes is the launcher's to write. And JMH uses what the JDK warns of.
                .jvmArgsAppend("-XX:-AutoCreateSharedArchive", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).runSingle();
    }

    private static List<Double> perRound(RunResult result, ToDoubleFunction<IterationResult> value) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(value)
                .boxed()
                .toList();
    }
}
