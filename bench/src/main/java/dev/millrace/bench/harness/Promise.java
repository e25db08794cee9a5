package dev.millrace.bench.harness;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A number that was promised of Millrace alone: it stands in the place of what Millrace is measured against.
 *
 * @param workload as in {@link Metric}
 * @param bound on which side of the number is right
 */
public record Promise(String workload, String unit, Bound bound, double number) {
    /** A side of a number. */
    public enum Bound {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    /** Whether these values of Millrace, one a round, keep it. */
    public Outcome outcome(List<Double> millrace) {
        return new Outcome(metric(), bound.words, millrace, Collections.nCopies(millrace.size(), number));
    }

    /** The comparison with the number itself. */
    Metric metric() {
        return switch (bound) {
            case AT_LEAST -> new Metric(workload, unit, Comparison.RATIO, OptionalDouble.of(1));
            case AT_MOST -> new Metric(workload, unit, Comparison.DIFFERENCE, OptionalDouble.of(0));
        };
    }
}
