package dev.millrace.bench.harness;

import java.util.List;

/** Something that {@code millrace bench} can measure. */
public interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** What it measures, against what, in one line. */
    String description();

    /**
     * Measures all of its workloads.
     *
     * @throws Exception whatever kept it from measuring; there is no partial outcome
     */
    List<Outcome> run(Effort effort, Progress progress) throws Exception;
}
