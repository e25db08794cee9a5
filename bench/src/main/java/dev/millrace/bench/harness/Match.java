package dev.millrace.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Two contestants that take turns at the same work: the other, Millrace, the other, Millrace… What happens to the machine meanwhile
 * happens to both, and only values of one round are compared with each other.
 *
 * @param against what the other is called
 */
public record Match(String against, List<Metric> metrics, Contestant millrace, Contestant other) {
    static final String MILLRACE = "Millrace";

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
        List<List<Double>> ofMillrace = perMetric();
        List<List<Double>> ofOther = perMetric();
        Rounds rounds = new Rounds(effort, progress, nanoTime);
        rounds.play((label, counts) -> {
            double[] theirs = rounds.measure(against, other, metrics, label);
            double[] ours = rounds.measure(MILLRACE, millrace, metrics, label);
            if (counts) {
                for (int metric = 0; metric < metrics.size(); metric++) {
                    ofOther.get(metric).add(theirs[metric]);
                    ofMillrace.get(metric).add(ours[metric]);
                }
            }
        });
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
}
