package dev.millrace.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out of a match for one metric.
 *
 * @param against the name of what Millrace was measured against
 * @param millrace its value in each round
 * @param other the other's value in each round
 */
public record Outcome(Metric metric, String against, List<Double> millrace, List<Double> other) {
    public Outcome {
        millrace = List.copyOf(millrace);
        other = List.copyOf(other);
        if (millrace.isEmpty() || millrace.size() != other.size()) {
            throw new IllegalArgumentException(
                    "rounds of Millrace: " + millrace.size() + ", of " + against + ": " + other.size());
        }
    }

    /**
     * The geometric mean of several, round by round; of those rounds that all of them played.
     *
     * @param outcomes against the same other, in the same unit
     * @param goal what the ratio should reach
     */
    public static Outcome geometricMean(String name, List<Outcome> outcomes, double goal) {
        Outcome first = outcomes.getFirst();
        int rounds = outcomes.stream()
                .mapToInt(outcome -> outcome.millrace().size())
                .min()
                .orElseThrow();
        List<Double> millrace = new ArrayList<>();
        List<Double> other = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            int played = round;
            millrace.add(Statistics.geometricMean(outcomes.stream()
                    .map(outcome -> outcome.millrace().get(played))
                    .toList()));
            other.add(Statistics.geometricMean(outcomes.stream()
                    .map(outcome -> outcome.other().get(played))
                    .toList()));
        }
        Metric metric = new Metric(name, first.metric().unit(), Comparison.RATIO, OptionalDouble.of(goal));
        return new Outcome(metric, first.against(), millrace, other);
    }

    /** Millrace's median. */
    public double value() {
        return Statistics.median(millrace);
    }

    /** The other's median. */
    public double otherValue() {
        return Statistics.median(other);
    }

    /** The comparison within each round. */
    public List<Double> compared() {
        List<Double> compared = new ArrayList<>();
        for (int round = 0; round < millrace.size(); round++) {
            compared.add(metric.comparison().of(millrace.get(round), other.get(round)));
        }
        return compared;
    }

    /** The median over the rounds of the comparison within each. */
    public double medianCompared() {
        return Statistics.median(compared());
    }

    /** Whether the median comparison meets the goal, where there is one. */
    public Optional<Boolean> met() {
        return metric.goal().isEmpty()
                ? Optional.empty()
                : Optional.of(metric.comparison()
                        .meets(medianCompared(), metric.goal().getAsDouble()));
    }
}
