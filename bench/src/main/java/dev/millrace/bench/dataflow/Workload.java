package dev.millrace.bench.dataflow;

import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.List;

/** A part of the benchmark that can be run by itself. Its rows exist only while it runs. */
interface Workload {
    /** What it is called on the command line. */
    String name();

    /** Measures it, as {@link dev.millrace.bench.harness.Benchmark#run}. */
    List<Outcome> run(Effort effort, Progress progress) throws Exception;

    /** One of two sizes, for the effort. */
    static int sized(Effort effort, int full, int quick) {
        return switch (effort) {
            case FULL -> full;
            case QUICK -> quick;
        };
    }
}
