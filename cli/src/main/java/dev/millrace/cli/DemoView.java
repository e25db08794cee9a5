package dev.millrace.cli;

import dev.millrace.LiveQuery;
import dev.millrace.connector.Position;
import dev.millrace.delivery.Subscription;
import dev.millrace.message.Message;
import dev.millrace.message.Result;
import dev.millrace.testkit.LiveHistory;
import java.util.function.Consumer;

/** A live query of the demonstration together with a subscriber that remembers all that it was told. */
final class DemoView implements AutoCloseable {
    private final DemoQuery query;
    private final LiveQuery live;
    private final LiveHistory history;
    private final Subscription subscription;

    DemoView(DemoQuery query, LiveQuery live, Consumer<Message.Changes> listener) {
        this.query = query;
        this.live = live;
        this.history = new LiveHistory(message -> {
            // Those that an initial result is told as have no commit.
            if (message instanceof Message.Changes changes) {
                listener.accept(changes);
            }
        });
        this.subscription = live.subscribe(history);
    }

    DemoQuery query() {
        return query;
    }

    LiveHistory history() {
        return history;
    }

    Result current() {
        return live.current();
    }

    /** Gives up the memory of what was before this position. */
    void forgetBefore(Position position) {
        history.forgetBefore(position);
    }

    @Override
    public void close() {
        subscription.close();
        history.close();
        live.close();
    }
}
