package dev.millrace.connector.postgres;

import static dev.millrace.connector.postgres.TestDatabase.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Source;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanupTest {
    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void createTable() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"permanent", "temporary"})
    void close_leaves_nothing_behind(String slot) {
        RecordingListener listener = new RecordingListener(database.open(Map.of("slot", slot)));
        listener.follow("t");
        assertEquals(
                slot.equals("temporary"),
                database.queryOne("SELECT temporary FROM pg_replication_slots WHERE database = current_database()"));

        listener.source.close();

        database.assertNothingLeft();
        listener.source.close();
        assertEquals(
                List.of(),
                database.query("SELECT query FROM pg_stat_activity WHERE application_name = 'millrace test'"
                        + " AND datname = current_database() AND pid <> pg_backend_pid()"));
    }

    @Test
    void close_of_a_source_that_follows_nothing_is_quiet() {
        database.open().close();
        RecordingListener listener = new RecordingListener(database.open());
        listener.follow();
        listener.source.close();
        database.assertNothingLeft();
    }

    @Test
    void a_closed_source_refuses_everything() {
        RecordingListener listener = database.follow("t");
        Source source = listener.source;
        source.close();
        for (var call : List.<Runnable>of(
                source::tables,
                source::currentPosition,
                () -> listener.follow("t"),
                () -> source.unfollow(List.of()))) {
            assertEquals(
                    ErrorCode.CLOSED,
                    assertThrows(MillraceException.class, call::run).code());
        }
    }

    @Test
    void nothing_is_told_after_close() {
        RecordingListener listener = database.follow("t");
        listener.source.close();
        var position = listener.position();
        database.execute("INSERT INTO t VALUES (1)");
        assertEquals(position, listener.position());
        assertEquals(List.of(), listener.transactions);
        assertEquals(List.of(), listener.disconnections);
        assertEquals(List.of(), listener.failures);
    }

    @Test
    void close_ends_a_listener_that_never_returns() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Source source = database.open();
        source.listen(new IdleListener() {
            @Override
            public void committed(SourceTransaction transaction) {
                stuck.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        });
        source.follow(List.of(table("t")));
        database.execute("INSERT INTO t VALUES (1)");
        stuck.await();
        source.close();
        assertEquals(0, interrupted.getCount());
        database.assertNothingLeft();
    }

    /** A virtual one, whose interruption would close the sockets that it uses. */
    @Test
    void an_interrupted_thread_closes_completely() throws Exception {
        RecordingListener listener = database.follow("t");
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            Thread.currentThread().interrupt();
            try {
                listener.source.close();
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
            } catch (MillraceException e) {
                stillInterrupted.completeExceptionally(e);
            }
        });
        assertTrue(stillInterrupted.get(60, TimeUnit.SECONDS));
        database.assertNothingLeft();
    }

    @Test
    void a_listener_may_close_the_source() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Source source = database.open();
        source.listen(new IdleListener() {
            @Override
            public void committed(SourceTransaction transaction) {
                source.close();
                closed.countDown();
            }
        });
        source.follow(List.of(table("t")));
        database.execute("INSERT INTO t VALUES (1)");
        closed.await();
        database.assertNothingLeft();
    }

    @Test
    void two_sources_of_one_name_do_not_meet() {
        RecordingListener first = database.follow("t");
        RecordingListener second = database.follow("t");
        first.source.close();
        database.execute("INSERT INTO t VALUES (1)");
        second.catchUp();
        assertEquals(1, second.transactions.size());
    }

    @Test
    void the_server_may_forget_its_log_while_followed_tables_are_idle() {
        RecordingListener listener = database.follow("t");
        database.execute("CREATE TABLE busy (id int)");
        database.execute("INSERT INTO busy SELECT generate_series(1, 10000)");
        String now = String.valueOf(listener.source.currentPosition());
        listener.catchUp();
        database.awaitQuery("SELECT confirmed_flush_lsn >= '" + now
                + "' FROM pg_replication_slots WHERE database = current_database()");
        assertTrue(listener.transactions.isEmpty());
    }

    @Test
    void the_position_of_an_idle_server_is_reached() {
        RecordingListener listener = database.follow("t");
        // Ends of records fall on all kinds of places within a page.
        for (int i = 0; i < 300; i++) {
            database.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', " + (i * 37 % 900) + "))");
            listener.catchUp();
        }
    }
}
