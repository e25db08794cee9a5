package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Agreement;
import dev.millrace.bench.contest.BesideFlink;
import dev.millrace.bench.contest.LiveContestant;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.rows.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Count and sum of 100 k groups over 10 M rows: beside Flink, a loop written by hand, and what was promised. */
final class GroupBy implements Workload {
    private static final int GROUPS = 100_000;
    private static final String UNIT = "rows/s";

    private final BesideFlink besideFlink = new BesideFlink(
            "group-by",
            Queries.Shape.GROUP_BY.sized(10_000_000, GROUPS),
            Queries.Shape.GROUP_BY.sized(500_000, GROUPS),
            true,
            OptionalDouble.of(15));

    @Override
    public String name() {
        return besideFlink.name();
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query query = besideFlink.recipe(effort).query();
        Agreement agreement = new Agreement(name());
        LiveContestant millrace = new LiveContestant(query, true, agreement, progress);
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(besideFlink.play(millrace, effort, progress));
        outcomes.addAll(new Match(
                        LoopContestant.NAME,
                        List.of(new Metric(name(), UNIT, Comparison.RATIO, OptionalDouble.of(0.75))),
                        millrace,
                        new LoopContestant(query, GROUPS, agreement))
                .play(effort, progress));
        Promise promise = new Promise(name(), UNIT, Promise.Bound.AT_LEAST, 20e6);
        outcomes.add(promise.outcome(outcomes.getLast().millrace()));
        return outcomes;
    }
}
