package dev.millrace.lifecycle;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Transactions that change own tables do so one after the other, in the order in which they began to. */
final class WriteTurns {
    private final Semaphore turn = new Semaphore(1, true);
    private volatile @Nullable Thread writer;
    private volatile boolean closed;

    /**
     * Waits for the turn, which {@link #end} is to follow.
     *
     * @throws MillraceException {@code INVALID_TRANSACTION_STATE} if it would wait for the calling thread's own transaction; {@code INTERRUPTED}, {@code CLOSED}
     */
    void begin() {
        if (Thread.currentThread().equals(writer)) {
            throw new MillraceException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "this thread has an open transaction, which this statement would wait for: use the transaction, or end it first");
        }
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(
                    ErrorCode.INTERRUPTED, "interrupted while a transaction waited for its turn", e);
        }
        writer = Thread.currentThread();
        if (closed) {
            end();
            throw new MillraceException(ErrorCode.CLOSED, "the database is closed");
        }
    }

    void end() {
        writer = null;
        turn.release();
    }

    /** Ends all waiting. */
    void close() {
        closed = true;
        turn.release();
    }
}
