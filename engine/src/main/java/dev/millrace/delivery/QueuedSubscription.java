package dev.millrace.delivery;

import dev.millrace.connector.Position;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber with its queue and its thread. The circuit's thread only ever appends; it never waits for a subscriber. What comes
 * when {@link #MAX_PENDING} messages wait is added up, so that what waits is bounded by the result's size and is still the exact difference.
 */
final class QueuedSubscription implements Subscription, Runnable {
    private static final int MAX_PENDING = 256;
    private static final System.Logger LOG = System.getLogger(QueuedSubscription.class.getName());

    private final Subscriber subscriber;
    private final Presentation presentation;
    private final Consumer<Subscription> onClose;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private boolean closed;
    private Position position;
    /** Whether it was told a result; used by the circuit's thread alone. */
    private boolean started;

    /** @param onClose called once, when no further message is wanted; on any thread */
    QueuedSubscription(
            Subscriber subscriber,
            Presentation presentation,
            Pending.Acceptance acceptance,
            Consumer<Subscription> onClose) {
        this.subscriber = subscriber;
        this.presentation = presentation;
        this.onClose = onClose;
        this.position = acceptance.position();
        this.pending.add(acceptance);
        this.thread = Thread.ofVirtual().name("millrace-subscription").unstarted(this);
    }

    /** Begins to give messages, after the first were offered. */
    void begin() {
        thread.start();
    }

    void start(Pending.Start start) {
        lock.lock();
        try {
            started = true;
            position = start.position();
            append(start);
        } finally {
            lock.unlock();
        }
    }

    boolean isStarted() {
        return started;
    }

    /** Says that there is no result, until more is said. */
    void suspend(Pending.NoResult noResult) {
        lock.lock();
        try {
            position = noResult.position();
            forgetAdvance();
            append(noResult);
        } finally {
            lock.unlock();
        }
    }

    /** Says that there is still no result up to here, unless that was said already. */
    void stay(Pending.NoResult noResult) {
        lock.lock();
        try {
            if (noResult.position().compareTo(position) > 0) {
                position = noResult.position();
                boolean first = pending.peekLast() instanceof Pending.NoResult last && !last.again();
                if (pending.peekLast() instanceof Pending.NoResult) {
                    pending.removeLast();
                }
                append(
                        first
                                ? new Pending.NoResult(noResult.error(), false, noResult.epoch(), noResult.position())
                                : noResult);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that there is a result again, and how it differs from the one before. */
    void resume(Pending.Delta delta) {
        lock.lock();
        try {
            if (pending.size() > MAX_PENDING && pending.peekLast() instanceof Pending.NoResult) {
                // Who is so far behind need not know that there was none.
                pending.removeLast();
            }
            if (delta.rows().isEmpty()) {
                position = delta.position();
                append(new Pending.Advance(delta.epoch(), delta.position()));
            } else {
                offer(delta);
            }
        } finally {
            lock.unlock();
        }
    }

    void offer(Pending.Delta delta) {
        lock.lock();
        try {
            position = delta.position();
            forgetAdvance();
            if (pending.peekLast() instanceof Pending.Backlog backlog) {
                backlog.add(delta);
            } else {
                append(pending.size() < MAX_PENDING ? delta : new Pending.Backlog(delta));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing changed up to here, unless that was said already. */
    void advance(long epoch, Position to) {
        lock.lock();
        try {
            if (to.compareTo(position) > 0) {
                position = to;
                forgetAdvance();
                append(new Pending.Advance(epoch, to));
            }
        } finally {
            lock.unlock();
        }
    }

    /** What comes next says how far it is. */
    private void forgetAdvance() {
        if (pending.peekLast() instanceof Pending.Advance) {
            pending.removeLast();
        }
    }

    void restart(Pending.Restart restart) {
        lock.lock();
        try {
            position = restart.position();
            append(restart);
        } finally {
            lock.unlock();
        }
    }

    void fail(MillraceException error) {
        lock.lock();
        try {
            append(new Pending.Failure(error));
        } finally {
            lock.unlock();
        }
    }

    private void append(Pending next) {
        if (!closed) {
            pending.addLast(next);
            arrived.signal();
        }
    }

    @Override
    public void close() {
        stop();
        if (!Thread.currentThread().equals(thread)) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns whether it was open. */
    private boolean stop() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            pending.clear();
            arrived.signal();
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
        return true;
    }

    @Override
    public void run() {
        try {
            for (Pending next = take(); next != null; next = take()) {
                deliver(next);
            }
        } catch (RuntimeException | Error e) {
            tell(new MillraceException(ErrorCode.QUERY_FAILED, "the subscriber threw " + e, e));
        }
    }

    private @Nullable Pending take() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            return closed ? null : pending.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Pending next) {
        switch (next) {
            case Pending.Acceptance acceptance ->
                subscriber.accepted(
                        new Message.Accepted(presentation.schema(), acceptance.epoch(), acceptance.position()));
            case Pending.Start start ->
                subscriber.initial(new Message.Initial(
                        presentation.rows(start.rows()),
                        presentation.inserts(start.rows()),
                        start.epoch(),
                        start.position()));
            case Pending.NoResult noResult ->
                subscriber.noResult(new Message.NoResult(
                        noResult.error(), noResult.again(), noResult.epoch(), noResult.position()));
            case Pending.Delta delta -> deliver(delta);
            case Pending.Backlog backlog -> deliver(backlog.sum());
            case Pending.Advance advance ->
                subscriber.progress(new Message.Progress(advance.epoch(), advance.position()));
            case Pending.Restart restart -> {
                subscriber.resync(new Message.Resync(restart.reason()));
                subscriber.initial(new Message.Initial(
                        presentation.rows(restart.rows()),
                        presentation.changes(restart.differences()),
                        restart.epoch(),
                        restart.position()));
            }
            case Pending.Failure failure -> tell(failure.error());
        }
    }

    private void deliver(Pending.Delta delta) {
        List<Change> changes = presentation.changes(delta.rows());
        if (changes.isEmpty()) {
            // Nothing that shows, such as a change of a column that only the order needs.
            subscriber.progress(new Message.Progress(delta.epoch(), delta.position()));
        } else {
            subscriber.changes(new Message.Changes(delta.epoch(), delta.position(), changes, delta.commitMicros()));
        }
    }

    /** The last message; none if the subscription was closed before. */
    private void tell(MillraceException error) {
        if (!stop()) {
            return;
        }
        try {
            subscriber.failed(new Message.Failed(error));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a subscriber threw when it was told of " + error.getMessage(), e);
        }
    }
}
