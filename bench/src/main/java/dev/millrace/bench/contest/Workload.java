package dev.millrace.bench.contest;

import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A part of the benchmark that can be run by itself. Its rows exist only while it runs. */
public interface Workload {
    /** What it is called on the command line. */
    String name();

    /** Measures it, as {@link dev.millrace.bench.harness.Benchmark#run}. */
    List<Outcome> run(Effort effort, Progress progress) throws Exception;

    /** Those of these workloads that were chosen, one after the other. */
    static List<Outcome> runAll(
            List<? extends Workload> workloads, Set<String> chosen, Effort effort, Progress progress) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (Workload workload : workloads) {
            if (chosen.contains(workload.name())) {
                outcomes.addAll(workload.run(effort, progress));
            }
        }
        return outcomes;
    }

    /** One of two, for the effort. */
    static <T> T sized(Effort effort, T full, T quick) {
        return switch (effort) {
            case FULL -> full;
            case QUICK -> quick;
        };
    }
}
