package dev.millrace.delivery;

/** A subscriber's place at a live query. */
public interface Subscription extends AutoCloseable {
    /**
     * No message is given to the subscriber after this returns (or, called by the subscriber itself, after the current one). Idempotent. Waits for the
     * message that is being given now; two subscribers must not close each other from within their messages.
     */
    @Override
    void close();
}
