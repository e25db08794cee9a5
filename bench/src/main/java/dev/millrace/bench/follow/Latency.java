package dev.millrace.bench.follow;

import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Statistics;

/**
 * Transactions of one row, each committed when the follower has seen the one before: the time from just before the commit to the
 * moment the follower has seen it. Measures the median and the 99th percentile, in milliseconds.
 */
record Latency(ReadingsTable table, Follower.Opener opener, int transactions) implements Contestant {
    /** How many transactions go ahead uncounted: a follower that was just opened is slower than it will be. */
    private static final int WARM_UP = 100;

    @Override
    public double[] measure() throws Exception {
        table.truncate();
        try (Follower follower = opener.open()) {
            double[] millis = new double[transactions];
            for (int i = -WARM_UP; i < transactions; i++) {
                int id = i + WARM_UP + 1;
                table.insert(id, id);
                long start = System.nanoTime();
                table.commit();
                long nanos = follower.awaitRows(id) - start;
                if (i >= 0) {
                    millis[i] = nanos / 1e6;
                }
            }
            return new double[] {Statistics.percentile(millis, 0.5), Statistics.percentile(millis, 0.99)};
        }
    }
}
