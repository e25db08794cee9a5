package dev.millrace.bench.contest;

import dev.millrace.bench.flink.FlinkProcess;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.rows.Query;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A query that Millrace and Flink keep up to date over the same rows.
 *
 * @param full with all rows
 * @param quick with those that there is time for where it must be quick
 * @param kept whether Millrace keeps the result's rows, or only makes its changes, as Flink does
 * @param times how many times as fast Millrace should be, if that was promised
 */
public record BesideFlink(String name, Query.Recipe full, Query.Recipe quick, boolean kept, OptionalDouble times)
        implements Workload {
    /** What makes the query. */
    public Query.Recipe recipe(Effort effort) {
        return Workload.sized(effort, full, quick);
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        return play(new LiveContestant(recipe(effort).query(), kept, new Agreement(name), progress), effort, progress);
    }

    /** Lets this contestant play Millrace's part. What the results consist of is compared once, before anything is measured. */
    public List<Outcome> play(LiveContestant millrace, Effort effort, Progress progress) throws Exception {
        Metric metric = new Metric(name, "rows/s", Comparison.RATIO, times);
        Agreement agreement = millrace.agreement();
        agreement.check(LiveContestant.NAME, millrace.content());
        try (FlinkProcess process = new FlinkProcess(recipe(effort))) {
            agreement.check(FlinkContestant.NAME, process.content());
            FlinkContestant flink = new FlinkContestant(name, process, agreement, effort.warmUps(), progress);
            return new Match(FlinkContestant.NAME, List.of(metric), millrace, flink).play(effort, progress);
        }
    }
}
