package dev.millrace.connector.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: twice as long each time, up to a limit, less a random part. Used by one thread. */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;

    private long millis = FIRST_MILLIS;

    Duration next() {
        long delay = millis;
        millis = Math.min(2 * millis, LONGEST_MILLIS);
        // Up to a half less, so that many followers of one server do not come back at the same moment.
        return Duration.ofMillis(delay - ThreadLocalRandom.current().nextLong(delay / 2 + 1));
    }

    /** The last attempt succeeded. */
    void reset() {
        millis = FIRST_MILLIS;
    }
}
