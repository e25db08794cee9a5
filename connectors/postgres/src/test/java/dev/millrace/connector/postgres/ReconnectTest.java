package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.testkit.PostgresServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconnectTest {
    private static final String TERMINATE =
            "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots WHERE active AND database = current_database()";

    private final TestDatabase database = TestDatabase.create();
    private final TestProxy proxy = new TestProxy(TestDatabase.server().port());

    @BeforeEach
    void createTable() {
        database.execute("CREATE TABLE t0 (id int PRIMARY KEY, n int, v text); INSERT INTO t0 VALUES (1, 1, 'a')");
    }

    @AfterEach
    void close() {
        proxy.mend(TestDatabase.server().port());
        database.close();
        proxy.close();
    }

    private RecordingListener followThroughProxy(Map<String, String> options) {
        RecordingListener listener = new RecordingListener(database.openAt(proxy.port(), options));
        listener.follow("t0");
        return listener;
    }

    @Test
    void twenty_lost_connections_during_writes_lose_and_repeat_nothing() throws Exception {
        RecordingListener listener = database.follow("t0");
        try (Writers writers = new Writers(database, 3, 1)) {
            for (int i = 0; i < 20; i++) {
                writers.awaitMoreTransactions(10);
                int lost = i;
                database.awaitQuery("SELECT count(*) = 1 FROM (" + TERMINATE + ") AS ended WHERE pg_terminate_backend");
                listener.await(() -> listener.disconnections.size() > lost, "the loss of the connection");
            }
            writers.finish();
            listener.catchUp();
        }
        assertEquals(List.of(), listener.failures);
        assertEquals(0, listener.resyncs);
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
    }

    @Test
    void a_connection_that_is_back_is_told_although_nothing_happened() {
        RecordingListener listener = followThroughProxy(Map.of());
        // To ask for the position may itself write to the log, but not a second time.
        listener.catchUp();
        listener.catchUp();
        proxy.cut();
        listener.await(() -> !listener.connected, "the loss of the connection");
        proxy.mend(TestDatabase.server().port());
        listener.await(() -> listener.connected, "the connection");
        assertEquals(List.of(), listener.transactions);
    }

    @Test
    void what_happens_while_the_server_cannot_be_reached_comes_afterwards() {
        RecordingListener listener = followThroughProxy(Map.of());
        proxy.cut();
        database.execute("INSERT INTO t0 VALUES (2, 2, 'b')");
        listener.await(() -> listener.disconnections.size() >= 2, "attempts");
        assertEquals(
                ErrorCode.SERVER_UNREACHABLE, listener.disconnections.getLast().code());
        proxy.mend(TestDatabase.server().port());
        listener.await(() -> listener.transactions.size() == 1, "the insert");
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
        assertEquals(0, listener.resyncs);
    }

    @Test
    void a_slot_that_was_dropped_meanwhile_leads_to_a_resync() {
        RecordingListener listener = followThroughProxy(Map.of());
        proxy.cut();
        database.awaitQuery("SELECT NOT active FROM pg_replication_slots WHERE database = current_database()");
        database.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
        database.execute("INSERT INTO t0 VALUES (2, 2, 'b'); DELETE FROM t0 WHERE id = 1");
        proxy.mend(TestDatabase.server().port());
        listener.await(() -> listener.resyncs == 1, "a resync");
        assertEquals(List.of(Row.of(2, 2, "b")), listener.rows("t0"));
        database.execute("INSERT INTO t0 VALUES (3, 3, 'c')");
        listener.catchUp();
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
    }

    @Test
    void a_resync_that_breaks_off_begins_anew() {
        String role = database.name() + "_role";
        database.execute("CREATE ROLE " + role + " LOGIN REPLICATION; CREATE TABLE u (id int PRIMARY KEY);"
                + " GRANT CREATE ON DATABASE " + database.name() + " TO " + role + ";"
                + " ALTER TABLE t0 OWNER TO " + role + "; ALTER TABLE u OWNER TO " + role);
        RecordingListener listener = followThroughProxy(Map.of("user", role));
        proxy.cut();
        database.awaitQuery("SELECT NOT active FROM pg_replication_slots WHERE database = current_database()");
        database.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
        database.execute("INSERT INTO t0 VALUES (2, 2, 'b'); REVOKE SELECT ON t0 FROM " + role);
        proxy.mend(TestDatabase.server().port());
        // The slot is there then, but the table could not be read.
        listener.await(
                () -> listener.disconnections.getLast().code() == ErrorCode.MISSING_PRIVILEGE, "a failed resync");
        database.execute("GRANT SELECT ON t0 TO " + role);
        listener.catchUp();
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
        assertEquals(1, listener.resyncs);
        listener.follow("u");
        database.execute("INSERT INTO u VALUES (1)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1)), listener.rows("u"));
    }

    @Test
    void a_table_that_changed_before_a_resync_fails_and_the_others_go_on() {
        database.execute("CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = followThroughProxy(Map.of());
        listener.follow("u");
        proxy.cut();
        database.awaitQuery("SELECT NOT active FROM pg_replication_slots WHERE database = current_database()");
        database.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()");
        database.execute("ALTER TABLE u RENAME id TO identity; INSERT INTO t0 VALUES (2, 2, 'b')");
        proxy.mend(TestDatabase.server().port());
        listener.await(() -> listener.resyncs == 1, "a resync");
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
        assertEquals("public.u", listener.failures.getFirst().what());
        assertEquals(
                ErrorCode.SOURCE_SCHEMA_CHANGED,
                listener.failures.getFirst().cause().code());
    }

    @Test
    void a_publication_that_was_dropped_leads_to_a_resync() {
        RecordingListener listener = database.follow("t0");
        Object publication = database.queryOne("SELECT pubname FROM pg_publication");
        database.execute("DROP PUBLICATION " + publication);
        database.execute("INSERT INTO t0 VALUES (2, 2, 'b')");
        listener.await(() -> listener.resyncs == 1, "a resync");
        database.execute("INSERT INTO t0 VALUES (3, 3, 'c')");
        listener.catchUp();
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
    }

    @Test
    void a_temporary_slot_is_made_anew() {
        RecordingListener listener = followThroughProxy(Map.of("slot", "temporary"));
        assertEquals(
                List.of(List.of(true)),
                database.query("SELECT temporary FROM pg_replication_slots WHERE database = current_database()"));
        proxy.cut();
        database.execute("INSERT INTO t0 VALUES (2, 2, 'b')");
        proxy.mend(TestDatabase.server().port());
        listener.await(() -> listener.resyncs == 1, "a resync");
        database.execute("INSERT INTO t0 VALUES (3, 3, 'c')");
        listener.catchUp();
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
    }

    @Test
    void another_server_in_the_old_ones_place_is_not_followed() throws IOException {
        RecordingListener listener = followThroughProxy(Map.of());
        try (PostgresServer other = PostgresServer.start(Map.of())) {
            database.createAlsoAt(other);
            proxy.cut();
            proxy.mend(other.port());
            listener.await(() -> !listener.failures.isEmpty(), "the end");
        }
        assertEquals("source", listener.failures.getFirst().what());
        assertEquals(
                ErrorCode.POSITION_LOST, listener.failures.getFirst().cause().code());
    }

    @Test
    void a_table_followed_while_the_server_is_lost_is_loaded_afterwards() throws Exception {
        database.execute("CREATE TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1)");
        RecordingListener listener = database.follow("t0");
        try (Writers writers = new Writers(database, 2, 1)) {
            for (int i = 0; i < 5; i++) {
                database.execute(TERMINATE);
                listener.follow("u");
                assertEquals(List.of(Row.of(1)), listener.rows("u"));
                listener.source.unfollow(List.of(TestDatabase.table("u")));
                listener.forget("u");
                writers.awaitMoreTransactions(5);
            }
        }
        listener.catchUp();
        assertTrue(listener.disconnections.size() >= 1);
        assertEquals(database.rows("SELECT * FROM t0"), listener.rows("t0"));
    }
}
