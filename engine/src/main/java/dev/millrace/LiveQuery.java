package dev.millrace;

import dev.millrace.delivery.Subscription;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.lifecycle.Database;
import dev.millrace.lifecycle.InstalledQuery;
import dev.millrace.message.Result;
import dev.millrace.message.ResultSchema;
import dev.millrace.message.Subscriber;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A query whose result is kept right. Safe for use by several threads. */
public final class LiveQuery implements AutoCloseable {
    private final Database database;
    private final String sql;
    private final InstalledQuery query;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    LiveQuery(Database database, String sql, List<? extends @Nullable Object> arguments) {
        this.database = database;
        this.sql = sql;
        this.query = database.install(sql, arguments);
    }

    public String sql() {
        return sql;
    }

    public ResultSchema schema() {
        return query.presentation().schema();
    }

    /**
     * The whole result as of now.
     *
     * @throws MillraceException {@code DATA_ERROR} while an expression of the query has no value for some row, as in Postgres; the error that stopped the query, if one did;
     *     {@code CLOSED}
     */
    public Result current() {
        requireOpen();
        return database.read(query);
    }

    /**
     * Has the subscriber told the result as of now and then every change to it, none missing and none twice; and while there is no result because of a data error, that.
     *
     * @throws MillraceException the error that stopped the query, if one did; {@code CLOSED}
     */
    public Subscription subscribe(Subscriber subscriber) {
        requireOpen();
        Subscription subscription = database.subscribe(query, subscriber);
        subscriptions.add(subscription);
        if (closed.get()) {
            // Closed in the meantime, perhaps before it could see this one.
            subscription.close();
            requireOpen();
        }
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new MillraceException(ErrorCode.CLOSED, "the live query is closed");
        }
    }

    /** Ends its subscriptions; what no other query uses is freed. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            subscriptions.forEach(Subscription::close);
            database.remove(query);
        }
    }
}
