package dev.millrace.delivery;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Subscriber;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view of the circuit, or one binding's part of it, and those who watch it. Used by the circuit's thread alone. */
public final class LiveView {
    private final View view;
    private final @Nullable Row binding;
    private final Set<String> tables;
    private final Set<QueuedSubscription> subscriptions = new LinkedHashSet<>();
    private @Nullable MillraceException failure;
    /** Whether subscribers were told that there is no result for now. */
    private boolean suspended;
    /** What they were not told since. */
    private Pending.@Nullable Backlog missed;

    private @Nullable ResyncReason missedReason;

    /** @param tables the ids of the tables that it reads */
    public LiveView(View view, Set<String> tables) {
        this(view, null, tables);
    }

    /** @param binding the key of those of the view's rows that it shows; null if these are all */
    public LiveView(View view, @Nullable Row binding, Set<String> tables) {
        this.view = view;
        this.binding = binding;
        this.tables = Set.copyOf(tables);
    }

    public View view() {
        return view;
    }

    public Set<String> tables() {
        return tables;
    }

    public Optional<MillraceException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The current rows, in no order.
     *
     * @throws MillraceException {@code DATA_ERROR} if there is no result for now
     */
    public List<Row> rows() {
        if (isInError()) {
            throw refusal();
        }
        return binding == null ? view.rows() : view.rows(binding);
    }

    /**
     * Adds a subscriber, whose first message is the result as of now, or that there is none.
     *
     * @param detach is given the subscription when it ends, on any thread; it is to see that {@link #detach} is called
     */
    public Subscription attach(
            Subscriber subscriber,
            Presentation presentation,
            long epoch,
            Position position,
            Consumer<Subscription> detach) {
        QueuedSubscription subscription =
                new QueuedSubscription(subscriber, presentation, new Pending.Acceptance(epoch, position), detach);
        if (isInError()) {
            suspended = true;
            subscription.suspend(new Pending.NoResult(refusal(), false, epoch, position));
        } else {
            subscription.start(new Pending.Start(rows(), epoch, position));
        }
        subscriptions.add(subscription);
        subscription.begin();
        return subscription;
    }

    /**
     * Takes over subscriptions of another view, which are told to start over from this one's result. While either has no result that cannot be told, and they are told an error.
     *
     * @param moved some of the other's
     */
    public void adopt(Collection<Subscription> moved, LiveView from, long epoch, Position position) {
        if (view.isInError() || from.suspended || from.view.isInError()) {
            from.fail(
                    moved,
                    new MillraceException(
                            ErrorCode.VIEW_REPLACED,
                            "a view that the query reads was replaced while there was no result because of a data error; subscribe anew"));
            return;
        }
        List<Row> rows = rows();
        ZSet differences = new ZSet();
        from.rows().forEach(row -> differences.append(row, -1));
        rows.forEach(row -> differences.append(row, 1));
        Pending.Restart restart =
                new Pending.Restart(ResyncReason.VIEW_REPLACED, rows, differences.consolidate(), epoch, position);
        for (Subscription subscription : moved) {
            QueuedSubscription queued = (QueuedSubscription) subscription;
            from.subscriptions.remove(queued);
            subscriptions.add(queued);
            queued.restart(restart);
        }
    }

    /** Ends some of the subscriptions with an error. */
    public void fail(Collection<Subscription> ended, MillraceException error) {
        for (Subscription subscription : ended) {
            QueuedSubscription queued = (QueuedSubscription) subscription;
            subscriptions.remove(queued);
            queued.fail(error);
        }
    }

    /** Those who watch. */
    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    public void detach(Subscription subscription) {
        subscriptions.remove((QueuedSubscription) subscription);
    }

    /** Whether anybody does. */
    public boolean isWatched() {
        return !subscriptions.isEmpty();
    }

    /** Whether it is one binding's part of a view. */
    public boolean isBinding() {
        return binding != null;
    }

    /**
     * Tells all subscribers what a step did to the result, if there are any.
     *
     * @param delta its difference, perhaps empty; it is not changed any more
     * @param reason why they are to start over from the current result, if they are
     */
    public void tell(
            Supplier<ZSet> delta, Optional<ResyncReason> reason, long epoch, Position position, long commitMicros) {
        if (subscriptions.isEmpty()) {
            suspended = false;
            missed = null;
            missedReason = null;
            return;
        }
        if (isInError() && !suspended) {
            suspended = true;
            Pending.NoResult noResult = new Pending.NoResult(refusal(), false, epoch, position);
            subscriptions.forEach(subscription -> subscription.suspend(noResult));
        }
        Pending.Delta difference = new Pending.Delta(delta.get(), epoch, position, commitMicros);
        if (suspended) {
            miss(difference, reason);
            if (!isInError()) {
                resume();
            }
        } else if (reason.isPresent()) {
            restart(reason.get(), difference);
        } else {
            subscriptions.forEach(subscription -> subscription.offer(difference));
        }
    }

    public void advance(long epoch, Position position) {
        if (!suspended) {
            subscriptions.forEach(subscription -> subscription.advance(epoch, position));
        } else if (!subscriptions.isEmpty() && isInError()) {
            Pending.NoResult noResult = new Pending.NoResult(refusal(), true, epoch, position);
            subscriptions.forEach(subscription -> subscription.stay(noResult));
        }
    }

    /** Remembers what subscribers are not told while there is no result. */
    private void miss(Pending.Delta difference, Optional<ResyncReason> reason) {
        if (missed == null) {
            missed = new Pending.Backlog(difference);
        } else {
            missed.add(difference);
        }
        missedReason = reason.orElse(missedReason);
    }

    /** There is a result again. */
    private void resume() {
        Pending.Delta sum = Objects.requireNonNull(missed).sum();
        if (missedReason != null) {
            restart(missedReason, sum);
        } else {
            Pending.Start start = null;
            for (QueuedSubscription subscription : subscriptions) {
                if (subscription.isStarted()) {
                    subscription.resume(sum);
                } else {
                    start = start == null ? new Pending.Start(rows(), sum.epoch(), sum.position()) : start;
                    subscription.start(start);
                }
            }
        }
        suspended = false;
        missed = null;
        missedReason = null;
    }

    /** Tells all subscribers to start over from the current result. */
    private void restart(ResyncReason reason, Pending.Delta difference) {
        List<Row> rows = rows();
        Pending.Start start = new Pending.Start(rows, difference.epoch(), difference.position());
        Pending.Restart restart =
                new Pending.Restart(reason, rows, difference.rows(), difference.epoch(), difference.position());
        for (QueuedSubscription subscription : subscriptions) {
            if (subscription.isStarted()) {
                subscription.restart(restart);
            } else {
                subscription.start(start);
            }
        }
    }

    private boolean isInError() {
        return binding == null ? view.isInError() : view.isInError(binding);
    }

    private MillraceException refusal() {
        return (binding == null ? view.refusal() : view.refusal(binding)).orElseThrow();
    }

    /** Ends it with an error; only the first counts. */
    public void fail(MillraceException error) {
        if (failure == null) {
            failure = error;
            subscriptions.forEach(subscription -> subscription.fail(error));
        }
    }
}
