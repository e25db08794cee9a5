package dev.millrace.bench.dataflow;

import dev.millrace.bench.dataflow.rows.Queries;
import dev.millrace.bench.dataflow.rows.Query;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Count and sum of 100 k groups over 10 M rows: beside Flink, a loop written by hand, and what was promised. */
final class GroupBy implements Workload {
    private static final int GROUPS = 100_000;
    private static final String UNIT = "rows/s";

    private final BesideFlink besideFlink =
            new BesideFlink("group-by", Queries.Shape.GROUP_BY, 10_000_000, 500_000, GROUPS, 15);

    @Override
    public String name() {
        return besideFlink.name();
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query query = besideFlink.query(effort);
        Agreement agreement = new Agreement(name());
        LiveContestant millrace = new LiveContestant(query, true, agreement, progress);
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(besideFlink.play(millrace, agreement, effort, progress));
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
