package dev.millrace.lifecycle;

import dev.millrace.delivery.LiveView;
import dev.millrace.delivery.Presentation;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Subscriber;
import dev.millrace.sql.function.SessionZone;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query that runs, with what it holds while it does. When a view that it reads is replaced it runs anew, and those who watch it are told to start over. But for what is said otherwise, used
 * by the circuit's thread alone.
 */
public final class InstalledQuery {
    private final String sql;
    private final List<? extends @Nullable Object> arguments;
    private final Presentation presentation;
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private volatile Run run;
    private volatile @Nullable MillraceException failure;
    /** Guarded by this. */
    private boolean closed;

    private boolean released;

    /**
     * How it runs.
     *
     * @param reads the tables and views that its text leads to
     */
    record Run(LiveView view, Preparation prepared, Leases leases, Set<String> reads) {}

    /** In which it was asked for. */
    private final ZoneId timeZone = SessionZone.current();

    InstalledQuery(String sql, List<? extends @Nullable Object> arguments, Presentation presentation, Run run) {
        this.sql = sql;
        this.arguments = arguments;
        this.presentation = presentation;
        this.run = run;
    }

    String sql() {
        return sql;
    }

    List<? extends @Nullable Object> arguments() {
        return arguments;
    }

    ZoneId timeZone() {
        return timeZone;
    }

    /** How its rows are shown. For any thread. */
    public Presentation presentation() {
        return presentation;
    }

    /** For any thread. */
    Run run() {
        return run;
    }

    LiveView view() {
        return run.view;
    }

    int subscribers() {
        return subscriptions.size();
    }

    /** Why it runs no more, if so. */
    Optional<MillraceException> failure() {
        return Optional.ofNullable(failure).or(() -> run.view.failure());
    }

    /** Adds a subscriber, at the current epoch. */
    Subscription attach(Subscriber subscriber, LiveCircuit circuit, Consumer<Runnable> later) {
        Subscription subscription = run.view.attach(
                subscriber,
                presentation,
                circuit.epoch(),
                circuit.position(run.view),
                ended -> later.accept(() -> detach(ended)));
        subscriptions.add(subscription);
        return subscription;
    }

    private void detach(Subscription subscription) {
        subscriptions.remove(subscription);
        run.view.detach(subscription);
    }

    /**
     * Runs from now on as this does.
     *
     * @return how it ran before; if it is closed, what it was to run as
     */
    Run replace(Run fresh, LiveCircuit circuit) {
        Run before;
        synchronized (this) {
            if (closed || failure != null) {
                circuit.release(fresh.view, fresh.prepared);
                return fresh;
            }
            before = run;
            run = fresh;
        }
        if (!before.view.equals(fresh.view)) {
            fresh.view.adopt(subscriptions, before.view, circuit.epoch(), circuit.position(fresh.view));
        }
        circuit.release(before.view, before.prepared);
        return before;
    }

    /** Ends it with an error. */
    void fail(MillraceException error, LiveCircuit circuit) {
        if (failure == null) {
            failure = error;
            run.view.fail(List.copyOf(subscriptions), error);
            subscriptions.clear();
            release(circuit);
        }
    }

    /**
     * Ends it; for any thread.
     *
     * @return what it held; {@link #release} is to follow
     */
    synchronized Leases close() {
        closed = true;
        return run.leases;
    }

    /** Frees what only it used. Idempotent. */
    void release(LiveCircuit circuit) {
        if (!released) {
            released = true;
            circuit.release(run.view, run.prepared);
        }
    }

    /** What is said when the result is not what it was. */
    static MillraceException changed(String why) {
        return new MillraceException(
                ErrorCode.VIEW_REPLACED, "a view that the query reads was replaced, and " + why + "; ask anew");
    }

    static boolean isSame(Presentation before, Presentation after) {
        return Objects.equals(before.schema(), after.schema());
    }
}
