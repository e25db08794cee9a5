package dev.millrace.cli;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command run until it is told to stop, by Ctrl-C or by {@link #request}, and then clean up: the JVM does not exit before the signal
 * is closed, or 20 seconds have passed. Safe for use by several threads.
 */
final class StopSignal implements AutoCloseable {
    private static final long CLEANUP_SECONDS = 20;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread exitHook = new Thread(this::exit, "stop-on-exit");

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(exitHook);
    }

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits this long at most; returns whether a stop was requested. */
    boolean await(Duration duration) {
        try {
            return requested.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.INTERRUPTED, "interrupted while running", e);
        }
    }

    /** Says that everything is cleaned up. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // The JVM is exiting already, and the hook has just been let go.
        }
    }

    private void exit() {
        request();
        try {
            if (!finished.await(CLEANUP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gave up on a clean end after " + CLEANUP_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
