package dev.millrace.message;

/**
 * Receives a live query's messages, one at a time, on a thread of its own: it may block, and whoever is slow gets the exact sum of
 * what it missed. As a lambda it receives changes only, of which the first inserts all rows of the initial result.
 */
@FunctionalInterface
public interface Subscriber {
    void changes(Message.Changes changes);

    default void accepted(Message.Accepted accepted) {}

    /** By default told as {@link #changes}: adding up all changes from nothing always gives the current result. */
    default void initial(Message.Initial initial) {
        if (!initial.differences().isEmpty()) {
            changes(new Message.Changes(initial.epoch(), initial.position(), initial.differences(), 0));
        }
    }

    default void progress(Message.Progress progress) {}

    default void resync(Message.Resync resync) {}

    /** By default the error is logged; what the changes so far add up to is out of date until the next. */
    default void noResult(Message.NoResult noResult) {
        if (!noResult.again()) {
            System.getLogger(Subscriber.class.getName())
                    .log(System.Logger.Level.WARNING, "a live query has no result for now", noResult.error());
        }
    }

    /** By default the error is logged. */
    default void failed(Message.Failed failed) {
        System.getLogger(Subscriber.class.getName())
                .log(System.Logger.Level.ERROR, "a live query stopped", failed.error());
    }
}
