package dev.millrace.cli;

/**
 * Counts durations in buckets that each are at most 1/16 wider than the one before, so that percentiles are exact to about 6 %,
 * whatever their magnitude, in constant space. Not safe for use by several threads.
 */
final class LatencyHistogram {
    private static final int STEPS_PER_DOUBLING = 16;
    private static final int DOUBLINGS = 40;

    private final long[] counts = new long[STEPS_PER_DOUBLING * DOUBLINGS];
    private long total;

    /** Counts a duration; a negative one, which two clocks can make, as 0. */
    void record(long micros) {
        counts[bucket(Math.max(0, micros))]++;
        total++;
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    long count() {
        return total;
    }

    /** The duration in microseconds that this fraction of all does not exceed; 0 if there are none. */
    long percentile(double fraction) {
        long rank = Math.max(1, (long) Math.ceil(fraction * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return upperBound(i);
            }
        }
        return 0;
    }

    /** Below 16, each value has a bucket of its own; above, the four bits after the leading one choose the step. */
    private static int bucket(long micros) {
        if (micros < STEPS_PER_DOUBLING) {
            return (int) micros;
        }
        int doubling = 63 - Long.numberOfLeadingZeros(micros) - 3;
        int step = (int) (micros >>> (doubling - 1)) - STEPS_PER_DOUBLING;
        return Math.min(doubling, DOUBLINGS - 1) * STEPS_PER_DOUBLING + step;
    }

    private static long upperBound(int bucket) {
        int doubling = bucket / STEPS_PER_DOUBLING;
        long step = bucket % STEPS_PER_DOUBLING;
        return doubling == 0 ? step : ((step + STEPS_PER_DOUBLING + 1) << (doubling - 1)) - 1;
    }
}
