package dev.millrace.bench.dataflow.step;

import java.util.List;

/**
 * How long steps took, in nanoseconds, with one value for each round.
 *
 * @param tailNanos what one step in a thousand exceeds
 */
public record StepTimes(List<Double> medianNanos, List<Double> tailNanos) {
    public StepTimes {
        medianNanos = List.copyOf(medianNanos);
        tailNanos = List.copyOf(tailNanos);
    }
}
