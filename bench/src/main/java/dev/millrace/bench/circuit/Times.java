package dev.millrace.bench.circuit;

import dev.millrace.bench.harness.Statistics;
import java.util.Arrays;

/**
 * How long something takes that is done many times, each time measured by itself.
 *
 * @param meanMicros of all times
 * @param medianMicros what half of the times exceed
 * @param tailMicros what one in a hundred exceeds
 */
record Times(double meanMicros, double medianMicros, double tailMicros) {
    private static final double TAIL = 0.99;

    /** Something that is done. */
    @FunctionalInterface
    interface Turn {
        /**
         * Does it.
         *
         * @param number how often it was done before
         */
        void take(int number) throws Exception;
    }

    /**
     * Does it as often to warm up, and then to measure.
     *
     * @throws Exception what a turn threw
     */
    static Times of(int count, Turn turn) throws Exception {
        double[] micros = new double[count];
        for (int number = 0; number < 2 * count; number++) {
            long start = System.nanoTime();
            turn.take(number);
            micros[number % count] = (System.nanoTime() - start) / 1e3;
        }
        return new Times(
                Arrays.stream(micros).average().orElseThrow(),
                Statistics.percentile(micros, 0.5),
                Statistics.percentile(micros, TAIL));
    }

    /** How many there are in a second, by the median. */
    double perSecond() {
        return 1e6 / medianMicros;
    }
}
