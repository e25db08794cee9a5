package dev.millrace.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Two contestants that take turns at the same work: the other, Millrace, the other, Millrace… What happens to the machine meanwhile
 * happens to both, and only values of one round are compared with each other.
 *
 * @param against what the other is called
 */
public record Match(String against, List<Metric> metrics, Contestant millrace, Contestant other) {
    public Match {
        metrics = List.copyOf(metrics);
    }

    /**
     * Plays the rounds, of which the first ones are for warming up.
     *
     * @return one outcome for each metric
     * @throws Exception what a contestant threw
     */
    public List<Outcome> play(Effort effort, Progress progress) throws Exception {
        return play(effort, progress, System::nanoTime);
    }

    List<Outcome> play(Effort effort, Progress progress, LongSupplier nanoTime) throws Exception {
        long start = nanoTime.getAsLong();
        List<List<Double>> ofMillrace = perMetric();
        List<List<Double>> ofOther = perMetric();
        for (int round = 1 - effort.warmUps(); round <= effort.rounds(); round++) {
            if (round > 1 && nanoTime.getAsLong() - start >= effort.limit().toNanos()) {
                progress.tell("the time is up after " + (round - 1) + " of " + effort.rounds() + " rounds");
                break;
            }
            String label = round < 1 ? "warm-up" : "round " + round + " of " + effort.rounds();
            double[] theirs = measure(against, other, label, progress);
            double[] ours = measure("Millrace", millrace, label, progress);
            if (round >= 1) {
                for (int metric = 0; metric < metrics.size(); metric++) {
                    ofOther.get(metric).add(theirs[metric]);
                    ofMillrace.get(metric).add(ours[metric]);
                }
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int metric = 0; metric < metrics.size(); metric++) {
            outcomes.add(new Outcome(metrics.get(metric), against, ofMillrace.get(metric), ofOther.get(metric)));
        }
        return outcomes;
    }

    private List<List<Double>> perMetric() {
        List<List<Double>> lists = new ArrayList<>();
        metrics.forEach(metric -> lists.add(new ArrayList<>()));
        return lists;
    }

    private double[] measure(String name, Contestant contestant, String label, Progress progress) throws Exception {
        double[] values = contestant.measure();
        if (values.length != metrics.size()) {
            throw new IllegalStateException(name + " measured " + values.length + " of " + metrics.size() + " metrics");
        }
        for (int metric = 0; metric < values.length; metric++) {
            Metric measured = metrics.get(metric);
            progress.tell(String.format(
                    Locale.ROOT,
                    "%s, %s: %s %s %s",
                    measured.workload(),
                    label,
                    name,
                    Numbers.show(values[metric]),
                    measured.unit()));
        }
        return values;
    }
}
