package dev.millrace.bench.circuit;

import dev.millrace.bench.contest.Agreement;
import dev.millrace.bench.contest.LiveContestant;
import dev.millrace.bench.contest.Workload;
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
 * A query over a large input with two threads, beside one.
 *
 * @param full with all rows
 * @param quick with those that there is time for where it must be quick
 */
record Shards(String name, Query.Recipe full, Query.Recipe quick) implements Workload {
    private static final int THREADS = 2;

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query query = Workload.sized(effort, full, quick).query();
        Agreement agreement = new Agreement(name);
        LiveContestant one = new LiveContestant(query, 1, true, agreement, progress);
        LiveContestant several = new LiveContestant(query, THREADS, true, agreement, progress);
        agreement.check("one thread", one.content());
        agreement.check("several threads", several.content());
        Metric metric = new Metric(name, "rows/s", Comparison.RATIO, OptionalDouble.of(1.6));
        return new Match("1 thread", List.of(metric), several, one).play(effort, progress);
    }
}
