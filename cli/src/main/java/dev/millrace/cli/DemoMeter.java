package dev.millrace.cli;

import dev.millrace.message.Message;
import dev.millrace.testkit.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Counts what the live queries tell, and how long after the commit they tell it. Safe for use by several threads. */
final class DemoMeter {
    /**
     * Rates per second over an interval, and the latencies in it in microseconds.
     *
     * @param rowChanges of rows of tables, by the transactions
     * @param resultChanges of rows of results, that the live queries told
     */
    record Reading(double transactions, double rowChanges, double resultChanges, long latencyP50, long latencyP99) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,.0f tx/s  %,.0f rows/s  %,.0f changes/s  commit to callback p50 %s p99 %s",
                    transactions,
                    rowChanges,
                    resultChanges,
                    millis(latencyP50),
                    millis(latencyP99));
        }

        private static String millis(long micros) {
            return String.format(Locale.ROOT, micros < 10_000 ? "%.2f ms" : "%.0f ms", micros / 1000.0);
        }
    }

    private final Clock clock;
    private final Workload workload;
    private LatencyHistogram interval = new LatencyHistogram();
    private long resultChanges;
    private Instant intervalStart;
    private long transactionsBefore;
    private long rowChangesBefore;

    private LatencyHistogram all = new LatencyHistogram();
    private long allTransactions;
    private long allRowChanges;
    private long allResultChanges;
    private Instant start;

    DemoMeter(Clock clock, Workload workload) {
        this.clock = clock;
        this.workload = workload;
        this.start = clock.instant();
        this.intervalStart = start;
    }

    /** Forgets what was until now: the measurement begins. */
    synchronized void restart() {
        read();
        all = new LatencyHistogram();
        allTransactions = 0;
        allRowChanges = 0;
        allResultChanges = 0;
        start = intervalStart;
    }

    synchronized void told(Message.Changes changes) {
        interval.record(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()) - changes.commitMicros());
        resultChanges += changes.changes().size();
    }

    /** What was since the last reading. */
    synchronized Reading read() {
        Instant now = clock.instant();
        long transactions = workload.transactions() - transactionsBefore;
        long rowChanges = workload.rowChanges() - rowChangesBefore;
        Reading reading =
                reading(Duration.between(intervalStart, now), transactions, rowChanges, resultChanges, interval);
        all.add(interval);
        allTransactions += transactions;
        allRowChanges += rowChanges;
        allResultChanges += resultChanges;
        interval = new LatencyHistogram();
        resultChanges = 0;
        transactionsBefore += transactions;
        rowChangesBefore += rowChanges;
        intervalStart = now;
        return reading;
    }

    /** What was since the start, up to the last reading. */
    synchronized Reading overall() {
        return reading(Duration.between(start, intervalStart), allTransactions, allRowChanges, allResultChanges, all);
    }

    private static Reading reading(
            Duration duration, long transactions, long rowChanges, long resultChanges, LatencyHistogram latencies) {
        double seconds = Math.max(1, duration.toMillis()) / 1000.0;
        return new Reading(
                transactions / seconds,
                rowChanges / seconds,
                resultChanges / seconds,
                latencies.percentile(0.5),
                latencies.percentile(0.99));
    }
}
