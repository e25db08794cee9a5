package dev.millrace.bench.dataflow;

import dev.millrace.bench.dataflow.flink.FlinkProcess;
import dev.millrace.bench.dataflow.rows.Queries;
import dev.millrace.bench.dataflow.rows.Query;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A query that Millrace and Flink keep up to date over the same rows.
 *
 * @param rows of the stream, in full
 * @param quickRows of the stream, where it must be quick
 * @param keys how many accounts, products, games there are
 * @param times how many times as fast Millrace should be
 */
record BesideFlink(String name, Queries.Shape shape, int rows, int quickRows, int keys, double times)
        implements Workload {
    /** The query with its rows. */
    Query query(Effort effort) {
        return shape.query(sized(effort), keys);
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Agreement agreement = new Agreement(name);
        return play(new LiveContestant(query(effort), true, agreement, progress), agreement, effort, progress);
    }

    /** Millrace's part is played by this contestant. */
    List<Outcome> play(Contestant millrace, Agreement agreement, Effort effort, Progress progress) throws Exception {
        Metric metric = new Metric(name, "rows/s", Comparison.RATIO, OptionalDouble.of(times));
        try (FlinkProcess process = new FlinkProcess(shape, sized(effort), keys)) {
            FlinkContestant flink = new FlinkContestant(name, process, agreement, effort.warmUps(), progress);
            return new Match(FlinkContestant.NAME, List.of(metric), millrace, flink).play(effort, progress);
        }
    }

    private int sized(Effort effort) {
        return Workload.sized(effort, rows, quickRows);
    }
}
