package dev.millrace.testkit;

import dev.millrace.connector.Position;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultRow;
import dev.millrace.message.Subscriber;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A live result rebuilt from its messages alone, at every position it had. On the way the protocol is checked: epochs and positions grow, what
 * is deleted or updated was there, an initial result is what its differences lead to, nothing comes after the end. The first violation is
 * thrown by every later question. Questions may come from any thread; they wait for messages without polling.
 */
public final class LiveHistory implements Subscriber, AutoCloseable {
    /**
     * What a message said.
     *
     * @param restart whether what lies between the entry before and this one was lost
     * @param error why there is no result from here on
     */
    private record Entry(
            Position position,
            List<Change> changes,
            boolean restart,
            @Nullable MillraceException error) {
        static Entry of(Position position, List<Change> changes) {
            return new Entry(position, changes, false, null);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Consumer<Message> listener;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private RowMultiset oldest = new RowMultiset();
    private @Nullable Position oldestPosition;
    private final RowMultiset latest = new RowMultiset();
    private @Nullable Position passed;
    private long epoch;
    private boolean accepted;
    private boolean restarting;
    private @Nullable MillraceException suspension;
    private boolean ended;
    private @Nullable RuntimeException problem;

    public LiveHistory() {
        this(message -> {});
    }

    /** @param listener is told each message after it has become part of the history, on the subscription's thread */
    public LiveHistory(Consumer<Message> listener) {
        this.listener = listener;
    }

    @Override
    public void accepted(Message.Accepted message) {
        record(message, () -> {
            require(!accepted, "accepted a second time");
            accepted = true;
            advance(message.epoch(), message.position());
        });
    }

    @Override
    public void initial(Message.Initial message) {
        record(message, () -> {
            require(oldestPosition == null || restarting, "an initial result without a resync");
            advance(message.epoch(), message.position());
            latest.apply(message.differences());
            var told = ResultComparison.values(message.rows());
            var difference = ResultComparison.UNORDERED.difference(told, ResultComparison.values(latest.toList()));
            require(difference.isEmpty(), "the differences do not lead to the initial rows: " + difference.orElse(""));
            if (oldestPosition == null) {
                oldestPosition = message.position();
                oldest = latest.copy();
            } else {
                entries.add(new Entry(message.position(), message.differences(), true, null));
            }
            restarting = false;
            suspension = null;
        });
    }

    @Override
    public void changes(Message.Changes message) {
        record(message, () -> {
            require(oldestPosition != null && !restarting, "changes before the initial result");
            require(message.epoch() > epoch, "a second set of changes in epoch " + message.epoch());
            require(
                    passed == null || message.position().compareTo(passed) > 0,
                    "changes at " + message.position() + " though " + passed + " was reached before");
            require(!message.changes().isEmpty(), "an empty set of changes");
            advance(message.epoch(), message.position());
            latest.apply(message.changes());
            entries.add(Entry.of(message.position(), message.changes()));
            suspension = null;
        });
    }

    @Override
    public void progress(Message.Progress message) {
        record(message, () -> {
            require(oldestPosition != null && !restarting, "progress before the initial result");
            advance(message.epoch(), message.position());
            if (suspension != null) {
                entries.add(Entry.of(message.position(), List.of()));
                suspension = null;
            }
        });
    }

    @Override
    public void noResult(Message.NoResult message) {
        record(message, () -> {
            require(!restarting, "no result in place of an initial one");
            require(
                    message.again() == (suspension != null),
                    "no result, " + (message.again() ? "again" : "a first time"));
            advance(message.epoch(), message.position());
            suspension = message.error();
            if (oldestPosition != null && !message.again()) {
                entries.add(new Entry(message.position(), List.of(), false, message.error()));
            }
        });
    }

    @Override
    public void resync(Message.Resync message) {
        record(message, () -> restarting = true);
    }

    @Override
    public void failed(Message.Failed message) {
        record(message, () -> {
            ended = true;
            problem = message.error();
        });
    }

    /** Says that the subscription was closed: a message from here on is a violation. */
    @Override
    public void close() {
        locked(() -> ended = true);
    }

    /**
     * Throws if something was not as it must be.
     *
     * @throws RuntimeException the first violation of the protocol, or the error that ended the query
     */
    public void verify() {
        locked(() -> {
            if (problem != null) {
                throw problem;
            }
        });
    }

    /** The position up to which everything is known, if there is an initial result. */
    public Optional<Position> position() {
        lock.lock();
        try {
            return oldestPosition == null ? Optional.empty() : Optional.ofNullable(passed);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything up to this position is known.
     *
     * @throws IllegalStateException after the timeout, or when interrupted
     */
    public void awaitPast(Position position, Duration timeout) {
        lock.lock();
        try {
            long nanos = timeout.toNanos();
            while ((oldestPosition == null && suspension == null)
                    || passed == null
                    || restarting
                    || passed.compareTo(position) < 0) {
                verify();
                if (nanos <= 0) {
                    throw new IllegalStateException(
                            "position " + position + " was not reached in " + timeout + "; the query is at " + passed);
                }
                nanos = moved.awaitNanos(nanos);
            }
            verify();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for position " + position, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The result that all changes up to and including this position make, in no particular order.
     *
     * @throws MillraceException the data error because of which there was no result at this position
     * @throws IllegalArgumentException if the position was not passed yet, is older than the history, or in a part that a resync skipped
     */
    public List<ResultRow> at(Position position) {
        lock.lock();
        try {
            verify();
            return upTo(position, false).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what was before this position; {@link #at} can be asked for it and for later ones. */
    public void forgetBefore(Position position) {
        locked(() -> {
            oldest = upTo(position, true);
            oldestPosition = position;
        });
    }

    private RowMultiset upTo(Position position, boolean forget) {
        MillraceException error = oldestPosition == null ? suspension : null;
        if (error != null) {
            throw error;
        }
        if (oldestPosition == null
                || passed == null
                || passed.compareTo(position) < 0
                || oldestPosition.compareTo(position) > 0) {
            throw new IllegalArgumentException(
                    "the history reaches from " + oldestPosition + " to " + passed + ", " + position + " is outside");
        }
        RowMultiset result = oldest.copy();
        List<Entry> used = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.position.compareTo(position) > 0) {
                if (entry.restart) {
                    throw new IllegalArgumentException(
                            "what was at " + position + " was lost in a resync to " + entry.position);
                }
                break;
            }
            result.apply(entry.changes);
            error = entry.error;
            used.add(entry);
        }
        if (error != null) {
            throw error;
        }
        if (forget) {
            used.forEach(entry -> entries.removeFirst());
        }
        return result;
    }

    private void record(Message message, Runnable step) {
        locked(() -> {
            try {
                require(!ended, "a message after the end");
                require(accepted || message instanceof Message.Accepted, "a message before it was accepted");
                step.run();
            } catch (IllegalStateException e) {
                if (problem == null) {
                    problem = new IllegalStateException(e.getMessage() + ", told by " + message, e);
                }
            }
            moved.signalAll();
        });
        listener.accept(message);
    }

    private void advance(long nextEpoch, Position next) {
        require(nextEpoch >= epoch, "epoch " + nextEpoch + " after " + epoch);
        require(passed == null || next.compareTo(passed) >= 0, "position " + next + " after " + passed);
        epoch = nextEpoch;
        passed = next;
    }

    private static void require(boolean condition, String violation) {
        if (!condition) {
            throw new IllegalStateException(violation);
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
