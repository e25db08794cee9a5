package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Agreement;
import dev.millrace.bench.contest.LiveContestant;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.dataflow.step.ForkedSteps;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Trial;
import dev.millrace.bench.rows.Query;
import java.util.ArrayList;
import java.util.List;

/** Three operators without state: in large batches, and with one row a step. */
final class Stateless implements Workload {
    private static final double MILLION = 1e6;

    @Override
    public String name() {
        return "stateless";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query query = Queries.stateless(Workload.sized(effort, 10_000_000, 1_000_000));
        Promise batched = new Promise(name() + "-batched", "rows/s", Promise.Bound.AT_LEAST, 50 * MILLION);
        Promise single = new Promise(name() + "-one-row", "ns", Promise.Bound.AT_MOST, 150);
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(new Trial(List.of(batched), new LiveContestant(query, false, new Agreement(name()), progress))
                .play(effort, progress));
        outcomes.add(single.outcome(ForkedSteps.statelessNanos(effort, progress)));
        return outcomes;
    }
}
