package dev.millrace.delivery;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Subscriber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view of the circuit and those who watch it. Used by the circuit's thread alone. */
public final class LiveView {
    private final View view;
    private final Set<String> tables;
    private final Set<QueuedSubscription> subscriptions = new LinkedHashSet<>();
    private @Nullable MillraceException failure;

    /** @param tables the ids of the tables that it reads */
    public LiveView(View view, Set<String> tables) {
        this.view = view;
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

    /** The current rows, in no order. */
    public List<Row> rows() {
        return view.rows();
    }

    /**
     * Adds a subscriber, whose first message is the result as of now.
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
                new QueuedSubscription(subscriber, presentation, new Pending.Start(rows(), epoch, position), detach);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    /** Those who watch. */
    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    public void detach(Subscription subscription) {
        subscriptions.remove((QueuedSubscription) subscription);
    }

    /** Gives a step's difference to all subscribers, if there are any; it is not changed any more. */
    public void publish(Supplier<ZSet> delta, long epoch, Position position, long commitMicros) {
        if (subscriptions.isEmpty()) {
            return;
        }
        Pending.Delta pending = new Pending.Delta(delta.get(), epoch, position, commitMicros);
        subscriptions.forEach(subscription -> subscription.offer(pending));
    }

    public void advance(long epoch, Position position) {
        subscriptions.forEach(subscription -> subscription.advance(epoch, position));
    }

    /** Tells all subscribers to start over from the current result, which differs from the one before by this. */
    public void restart(ResyncReason reason, ZSet differences, long epoch, Position position) {
        Pending.Restart pending = new Pending.Restart(reason, rows(), differences, epoch, position);
        subscriptions.forEach(subscription -> subscription.restart(pending));
    }

    /** Ends it with an error; only the first counts. */
    public void fail(MillraceException error) {
        if (failure == null) {
            failure = error;
            subscriptions.forEach(subscription -> subscription.fail(error));
        }
    }
}
