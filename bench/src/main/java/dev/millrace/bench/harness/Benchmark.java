package dev.millrace.bench.harness;

import java.util.List;
import java.util.Set;

/** Something that {@code millrace bench} can measure. */
public interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** What it measures, against what, in one line. */
    String description();

    /** What of it can be run by itself, in the order in which it is measured. */
    List<String> workloads();

    /**
     * Measures these of its workloads.
     *
     * @throws Exception whatever kept it from measuring; there is no partial outcome
     */
    List<Outcome> run(Set<String> workloads, Effort effort, Progress progress) throws Exception;
}
