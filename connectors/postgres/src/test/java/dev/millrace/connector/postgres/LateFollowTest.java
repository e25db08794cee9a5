package dev.millrace.connector.postgres;

import static dev.millrace.connector.postgres.TestDatabase.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.connector.Position;
import dev.millrace.connector.Source;
import dev.millrace.connector.TableContents;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LateFollowTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_table_is_followed_later_while_the_server_is_idle() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1)");
        RecordingListener listener = database.follow("t");
        listener.follow("u", "t");
        assertEquals(List.of(Row.of(1)), listener.rows("u"));
        database.execute("INSERT INTO u VALUES (2); INSERT INTO t VALUES (3)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1), Row.of(2)), listener.rows("u"));
        assertEquals(List.of(Row.of(3)), listener.rows("t"));
    }

    /** The listener itself fails when a row comes twice, and when one is changed that never came. */
    @RepeatedTest(5)
    void nothing_is_missed_and_nothing_comes_twice_under_concurrent_writers() throws Exception {
        for (int i = 0; i < 6; i++) {
            database.execute("CREATE TABLE t" + i + " (id int PRIMARY KEY, n int, v text)");
        }
        try (Writers writers = new Writers(database, 3, 6)) {
            RecordingListener listener = database.follow("t0");
            for (int i = 1; i < 5; i++) {
                writers.awaitMoreTransactions(30);
                listener.follow("t" + i);
            }
            listener.follow("t5");
            writers.awaitMoreTransactions(30);
            writers.finish();
            listener.catchUp();
            assertEquals(List.of(), listener.failures);
            for (int i = 0; i < 6; i++) {
                assertEquals(database.rows("SELECT * FROM t" + i), listener.rows("t" + i), "t" + i);
            }
        }
    }

    @Test
    void other_tables_stream_on_while_one_is_loaded() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = database.follow("t");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO u VALUES (1)");
            // The slot for u waits for the transaction above.
            CompletableFuture<Void> following = CompletableFuture.runAsync(() -> listener.follow("u"));
            database.awaitQuery("SELECT count(*) = 2 FROM pg_replication_slots WHERE database = current_database()");
            database.execute("INSERT INTO t VALUES (1)");
            listener.await(() -> listener.transactions.size() == 1, "a transaction of t");
            connection.commit();
            following.get(60, TimeUnit.SECONDS);
        }
        assertEquals(List.of(Row.of(1)), listener.rows("u"));
    }

    @Test
    void a_follow_that_waits_ends_when_the_source_is_closed() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = database.follow("t");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO u VALUES (1)");
            CompletableFuture<MillraceException> following = CompletableFuture.supplyAsync(
                    () -> assertThrows(MillraceException.class, () -> listener.follow("u")));
            database.awaitQuery("SELECT count(*) = 2 FROM pg_replication_slots WHERE database = current_database()");
            listener.source.close();
            assertEquals(ErrorCode.CLOSED, following.get(60, TimeUnit.SECONDS).code());
            database.assertNothingLeft();
        }
    }

    @Test
    void an_interrupted_follow_leaves_nothing_and_can_be_repeated_at_once() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = database.follow("t");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO u VALUES (1)");
            CompletableFuture<MillraceException> interrupted = new CompletableFuture<>();
            Thread waiting = Thread.startVirtualThread(
                    () -> interrupted.complete(assertThrows(MillraceException.class, () -> listener.follow("u"))));
            database.awaitQuery("SELECT count(*) = 2 FROM pg_replication_slots WHERE database = current_database()");
            waiting.interrupt();
            interrupted.get(60, TimeUnit.SECONDS);
            assertEquals(List.of(List.of("t")), database.query("SELECT tablename FROM pg_publication_tables"));

            // The server may still be making the first one's slot.
            CompletableFuture<Void> following = CompletableFuture.runAsync(() -> listener.follow("u"));
            connection.commit();
            following.get(60, TimeUnit.SECONDS);
        }
        assertEquals(List.of(Row.of(1)), listener.rows("u"));
    }

    @Test
    void a_table_whose_listener_fails_is_not_live() throws Exception {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        Source source = database.open();
        source.listen(new IdleListener() {
            @Override
            public void loaded(List<TableContents> tables, Position position) {
                if (tables.getFirst().table().name().equals(table("u"))) {
                    throw new IllegalStateException("no room");
                }
            }
        });
        source.follow(List.of(table("t")));
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() ->
                failure.complete(assertThrows(RuntimeException.class, () -> source.follow(List.of(table("u"))))));
        assertEquals(
                IllegalStateException.class, failure.get(60, TimeUnit.SECONDS).getClass());
        assertEquals(List.of(List.of("t")), database.query("SELECT tablename FROM pg_publication_tables"));
        // It is not live: to follow it is tried again, and fails again.
        assertThrows(RuntimeException.class, () -> source.follow(List.of(table("u"))));
    }

    @Test
    void the_longest_names_made_from_a_source_are_short_enough() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        try (Source source =
                new PostgresConnector().open("x".repeat(100), Map.of("url", database.url(), "user", "postgres"))) {
            RecordingListener listener = new RecordingListener(source);
            listener.follow("t");
            listener.follow("u");
            assertEquals(List.of(), listener.rows("u"));
        }
    }

    @Test
    void an_unfollowed_table_is_told_no_more_and_can_be_followed_again() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = database.follow("t", "u");
        database.execute("INSERT INTO u VALUES (1)");
        listener.catchUp();
        listener.source.unfollow(List.of(table("u")));
        listener.forget("u");
        database.execute("INSERT INTO u VALUES (2); INSERT INTO t VALUES (1)");
        listener.catchUp();
        assertEquals(1, listener.changes("u").size());
        assertEquals(List.of(List.of("t")), database.query("SELECT tablename FROM pg_publication_tables"));

        listener.follow("u");
        database.execute("INSERT INTO u VALUES (3)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1), Row.of(2), Row.of(3)), listener.rows("u"));
    }

    @Test
    void a_follow_that_fails_leaves_the_others_as_they_are() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY, v timestamp)");
        database.execute("INSERT INTO u VALUES (1, '294276-12-31')");
        RecordingListener listener = database.follow("t");
        assertThrows(MillraceException.class, () -> listener.follow("u"));
        database.execute("INSERT INTO u VALUES (2, 'infinity'); INSERT INTO t VALUES (1)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1)), listener.rows("t"));
        assertEquals(List.of(List.of("t")), database.query("SELECT tablename FROM pg_publication_tables"));
        database.execute("DELETE FROM u WHERE id = 1");
        listener.follow("u");
        assertEquals(List.of(Row.of(2, Long.MAX_VALUE)), listener.rows("u"));
    }
}
