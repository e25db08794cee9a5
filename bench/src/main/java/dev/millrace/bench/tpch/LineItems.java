package dev.millrace.bench.tpch;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many line items there are, live: each refresh changes it, and all live results are of one epoch, so whoever is told of it knows that all others are right, too. Safe for use by several threads.
 */
final class LineItems implements Subscriber, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LiveQuery query;
    private int told;

    LineItems(Millrace millrace) {
        query = millrace.live("SELECT count(*) FROM lineitem");
        query.subscribe(this);
    }

    /** How many changes there were. */
    synchronized int told() {
        return told;
    }

    /** Waits until there were more changes than these. */
    synchronized void awaitMoreThan(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (told <= count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("a refresh has not come in " + PATIENCE);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a refresh", e);
            }
        }
    }

    @Override
    public synchronized void changes(Message.Changes changes) {
        told++;
        notifyAll();
    }

    /** Is no refresh. */
    @Override
    public void initial(Message.Initial initial) {}

    @Override
    public void close() {
        query.close();
    }
}
