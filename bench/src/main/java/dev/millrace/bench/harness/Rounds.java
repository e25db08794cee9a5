package dev.millrace.bench.harness;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Plays rounds, of which the first ones are for warming up, until there are enough or the time is up. */
record Rounds(Effort effort, Progress progress, LongSupplier nanoTime) {
    /** One round: every contestant's turn. */
    @FunctionalInterface
    interface Round {
        /**
         * Plays it.
         *
         * @param label which round it is, for people
         * @param counts whether it is not for warming up
         */
        void play(String label, boolean counts) throws Exception;
    }

    void play(Round turns) throws Exception {
        long start = nanoTime.getAsLong();
        for (int round = 1 - effort.warmUps(); round <= effort.rounds(); round++) {
            if (round > 1 && nanoTime.getAsLong() - start >= effort.limit().toNanos()) {
                progress.tell("the time is up after " + (round - 1) + " of " + effort.rounds() + " rounds");
                break;
            }
            String label = round < 1 ? "warm-up" : "round " + round + " of " + effort.rounds();
            turns.play(label, round >= 1);
        }
    }

    /** Lets a contestant measure, and tells what came out. */
    double[] measure(String name, Contestant contestant, List<Metric> metrics, String label) throws Exception {
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
