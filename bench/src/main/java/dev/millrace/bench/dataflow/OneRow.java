package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.step.ForkedSteps;
import dev.millrace.bench.dataflow.step.StepTimes;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One row a step into an aggregate that has taken in many before: how long a step takes, and how much longer when there were more. */
final class OneRow implements Workload {
    private static final int FEWEST = 10_000;

    @Override
    public String name() {
        return "one-row";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        int most = Workload.sized(effort, 10_000_000, 1_000_000);
        Map<Integer, StepTimes> times = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int rows = FEWEST; rows <= most; rows *= 10) {
            StepTimes measured = ForkedSteps.aggregate(rows, effort, progress);
            times.put(rows, measured);
            String workload = name() + "-over-" + rows;
            outcomes.add(
                    new Promise(workload + "-p50", "ns", Promise.Bound.AT_MOST, 1_000).outcome(measured.medianNanos()));
            outcomes.add(
                    new Promise(workload + "-p99.9", "ns", Promise.Bound.AT_MOST, 5_000).outcome(measured.tailNanos()));
        }
        outcomes.add(flatness(most, times));
        return outcomes;
    }

    private Outcome flatness(int most, Map<Integer, StepTimes> times) {
        return new Outcome(
                new Metric(name() + "-over-" + most, "steps/s", Comparison.RATIO, OptionalDouble.of(1.0 / 3)),
                "over " + FEWEST,
                stepsPerSecond(times, most),
                stepsPerSecond(times, FEWEST));
    }

    private static List<Double> stepsPerSecond(Map<Integer, StepTimes> times, int rows) {
        StepTimes measured = times.get(rows);
        if (measured == null) {
            throw new IllegalArgumentException("not measured over " + rows);
        }
        return measured.medianNanos().stream().map(nanos -> 1e9 / nanos).toList();
    }
}
