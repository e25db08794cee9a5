package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.connector.Position;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SnapshotOracle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in one place is said there, and everything else runs on. */
class FailureTest {
    private static final String EACH = "SELECT id, price / parts AS each FROM items";
    private static PostgresServer server;
    private static SnapshotOracle oracle;
    private Millrace db;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
        server.execute("CREATE TABLE items (id int PRIMARY KEY, price numeric(10,2) NOT NULL, parts int NOT NULL);"
                + "CREATE TABLE documents (id int PRIMARY KEY, body point);"
                + "CREATE TABLE loose (a int)");
        oracle = SnapshotOracle.open(server);
    }

    @AfterAll
    static void stopServer() {
        oracle.close();
        server.close();
    }

    @BeforeEach
    void open() {
        server.execute("DELETE FROM items; INSERT INTO items VALUES (1, 10.00, 2), (2, 5.00, 1)");
        db = Millrace.inMemory();
        db.execute(Watched.createSource(server));
    }

    @AfterEach
    void close() {
        db.close();
    }

    /** Completes with the error that ends a query. */
    private static final class Ending implements Subscriber {
        private final CompletableFuture<MillraceException> error = new CompletableFuture<>();

        @Override
        public void changes(Message.Changes changes) {}

        @Override
        public void failed(Message.Failed failed) {
            error.complete(failed.error());
        }

        MillraceException await() throws Exception {
            return error.get(Watched.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** What Postgres says to a query instead of giving a result. */
    private static String refusal(String sql) {
        return String.valueOf(
                assertThrows(MillraceException.class, () -> server.execute(sql)).getMessage());
    }

    @Test
    void query_has_no_result_while_a_row_divides_by_zero_and_then_has_it_again() {
        try (Watched healthy = new Watched(db, List.of("SELECT id, price FROM items"));
                Watched dividing = new Watched(
                        db,
                        List.of(
                                EACH,
                                "SELECT CAST(price / parts AS int) AS whole, COUNT(*) FROM items GROUP BY CAST(price / parts AS int)",
                                "SELECT i.id FROM items i JOIN items o ON o.id = i.id AND i.price / o.parts > 1"))) {
            LiveQuery query = db.live(EACH);
            server.execute("INSERT INTO items VALUES (3, 1.00, 0), (4, 8.00, 4)");
            healthy.compare(oracle);
            Position reached = oracle.snapshot(List.of()).position();
            for (LiveHistory history : dividing.histories()) {
                history.awaitPast(reached, Watched.PATIENCE);
                MillraceException told = assertThrows(MillraceException.class, () -> history.at(reached));
                assertEquals(ErrorCode.DATA_ERROR, told.code());
            }
            MillraceException error = assertThrows(MillraceException.class, query::current);
            assertEquals(ErrorCode.DATA_ERROR, error.code());
            assertTrue(error.getMessage().contains("division by zero"), error.getMessage());
            assertTrue(error.getMessage().contains("3, 1.00, 0"), error.getMessage());
            assertTrue(refusal(EACH).contains("division by zero"));
            server.execute("DELETE FROM items WHERE id = 3; UPDATE items SET price = 9 WHERE id = 4");
            dividing.compare(oracle);
            assertEquals(3, query.current().rows().size());
            server.execute("UPDATE items SET parts = 0");
            server.execute("UPDATE items SET parts = 1");
            dividing.compare(oracle);
            healthy.compare(oracle);
            query.close();
        }
    }

    @Test
    void query_with_values_has_no_result_for_those_alone_whose_row_divides_by_zero() {
        String sql = "SELECT id, price / parts AS each FROM items WHERE id = $1";
        server.execute("INSERT INTO items VALUES (3, 4.00, 2)");
        try (LiveQuery one = db.live(sql, 1);
                LiveHistory ofOne = new LiveHistory()) {
            one.subscribe(ofOne);
            int operators = db.operatorCount();
            try (LiveQuery three = db.live(sql, 3);
                    LiveHistory ofThree = new LiveHistory()) {
                three.subscribe(ofThree);
                assertEquals(operators, db.operatorCount());
                server.execute("UPDATE items SET parts = 0 WHERE id = 3");
                Position failed = reached(ofOne, ofThree);
                assertEquals(1, ofOne.at(failed).size());
                assertThrows(MillraceException.class, () -> ofThree.at(failed));
                assertEquals(1, one.current().rows().size());
                MillraceException error = assertThrows(MillraceException.class, three::current);
                assertTrue(error.getMessage().contains("division by zero"), error.getMessage());
                try (LiveQuery late = db.live(sql, 3);
                        LiveQuery other = db.live(sql, 2)) {
                    assertThrows(MillraceException.class, late::current);
                    assertEquals(1, other.current().rows().size());
                }
                server.execute("UPDATE items SET parts = 2 WHERE id = 3");
                Position healed = reached(ofOne, ofThree);
                assertEquals(1, ofThree.at(healed).size());
                assertEquals(1, three.current().rows().size());
            }
        }
    }

    private static Position reached(LiveHistory... histories) {
        Position reached = oracle.snapshot(List.of()).position();
        for (LiveHistory history : histories) {
            history.awaitPast(reached, Watched.PATIENCE);
        }
        return reached;
    }

    @Test
    void query_that_is_opened_without_a_result_gets_one() {
        server.execute("INSERT INTO items VALUES (3, 1.00, 0)");
        assertEquals(
                ErrorCode.DATA_ERROR,
                assertThrows(MillraceException.class, () -> db.query(EACH)).code());
        assertEquals(0, db.operatorCount());
        try (Watched watched = new Watched(db, List.of(EACH));
                Watched others = new Watched(
                        db,
                        List.of(
                                "SELECT id, parts FROM items",
                                "SELECT i.id, i.parts, o.price FROM items i LEFT JOIN items o ON o.id = i.parts"))) {
            Position reached = oracle.snapshot(List.of()).position();
            LiveHistory history = watched.histories().getFirst();
            history.awaitPast(reached, Watched.PATIENCE);
            assertThrows(MillraceException.class, () -> history.at(reached));
            server.execute("UPDATE items SET parts = 3 WHERE id = 3");
            watched.compare(oracle);
            others.compare(oracle);
        }
    }

    @Test
    void rows_that_a_condition_keeps_out_are_no_errors() {
        server.execute("INSERT INTO items VALUES (3, 1.00, 0)");
        try (Watched watched = new Watched(
                db,
                List.of(
                        "SELECT id, price / parts AS each FROM items WHERE parts <> 0",
                        "SELECT id, CASE WHEN parts = 0 THEN NULL ELSE price / parts END AS each FROM items",
                        "SELECT id, each FROM (SELECT id, parts, price / parts AS each FROM items) AS e WHERE parts <> 0",
                        "SELECT SUM(price / parts) FILTER (WHERE parts <> 0) AS total FROM items",
                        "SELECT i.id, e.each FROM items i JOIN (SELECT id, price / parts AS each FROM items) AS e ON e.id = i.id"
                                + " WHERE i.parts > 0"))) {
            watched.compare(oracle);
            server.execute("INSERT INTO items VALUES (4, 1.00, 0)");
            watched.compare(oracle);
        }
    }

    @Test
    void subscriber_that_throws_is_told_and_ends_while_others_run_on() throws Exception {
        try (LiveQuery query = db.live("SELECT id FROM items")) {
            CompletableFuture<MillraceException> told = new CompletableFuture<>();
            query.subscribe(new Subscriber() {
                @Override
                public void changes(Message.Changes changes) {
                    throw new IllegalStateException("no");
                }

                @Override
                public void failed(Message.Failed failed) {
                    told.complete(failed.error());
                }
            });
            LiveHistory other = new LiveHistory();
            query.subscribe(other);
            server.execute("INSERT INTO items VALUES (9, 9, 9)");
            assertEquals(
                    ErrorCode.QUERY_FAILED,
                    told.get(Watched.PATIENCE.toSeconds(), TimeUnit.SECONDS).code());
            SnapshotOracle.Snapshot expected = oracle.snapshot(List.of(query.sql()));
            other.awaitPast(expected.position(), Watched.PATIENCE);
            Watched.assertSame(expected.results().getFirst(), other.at(expected.position()));
        }
    }

    @Test
    void table_that_changes_shape_fails_its_queries_and_can_be_read_anew() throws Exception {
        server.execute("CREATE TABLE shape (id int PRIMARY KEY, a int); INSERT INTO shape VALUES (1, 1)");
        try (LiveQuery query = db.live("SELECT id, a FROM shape")) {
            Ending ending = new Ending();
            query.subscribe(ending);
            server.execute("ALTER TABLE shape ALTER a TYPE text; INSERT INTO shape VALUES (2, 'x')");
            assertEquals(ErrorCode.SOURCE_SCHEMA_CHANGED, ending.await().code());
        }
        assertEquals(
                List.of("1", "x"),
                db.query("SELECT id, a FROM shape ORDER BY id").rows().stream()
                        .map(row -> String.valueOf(row.get("a")))
                        .toList());
        server.execute("DROP TABLE shape");
    }

    @Test
    void columns_are_those_that_the_table_has_when_it_is_read() {
        server.execute("CREATE TABLE moved (id int PRIMARY KEY, a int); INSERT INTO moved VALUES (1, 10)");
        assertEquals(1, db.query("SELECT id, a FROM moved").rows().size());
        server.execute("ALTER TABLE moved DROP a; ALTER TABLE moved ADD z int DEFAULT 7");
        assertEquals(1, db.query("SELECT id FROM moved").rows().size());
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                assertThrows(MillraceException.class, () -> db.query("SELECT id, a FROM moved"))
                        .code());
        assertEquals(7, db.query("SELECT z FROM moved").rows().getFirst().get("z"));
        server.execute("DROP TABLE moved");
    }

    @Test
    void interrupted_callers_leave_nothing_behind() throws InterruptedException {
        Set<ErrorCode> codes = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 20; i++) {
            Thread caller = Thread.ofVirtual().start(() -> {
                try (LiveQuery query = db.live("SELECT id, price FROM items WHERE parts > 0")) {
                    query.subscribe(changes -> {});
                } catch (MillraceException e) {
                    // Which step it was in when it was interrupted is left to chance.
                    codes.add(e.code());
                }
            });
            caller.interrupt();
            caller.join();
            assertEquals(2, db.query("SELECT id FROM items").rows().size());
            assertEquals(0, db.operatorCount());
        }
        assertFalse(codes.contains(ErrorCode.QUERY_FAILED), "an interrupt is no bug of the engine: " + codes);
        db.execute("DROP SOURCE pg");
    }

    @Test
    void new_table_is_found_when_it_is_asked_for() {
        server.execute("CREATE TABLE IF NOT EXISTS late (id int PRIMARY KEY); INSERT INTO late VALUES (1), (2)");
        assertEquals(2, db.query("SELECT id FROM late").rows().size());
    }

    @Test
    void column_of_an_unsupported_type_is_refused_only_where_it_is_read() {
        server.execute("INSERT INTO documents VALUES (1, '(1,2)') ON CONFLICT DO NOTHING");
        assertEquals(1, db.query("SELECT id FROM documents").rows().size());
        MillraceException error =
                assertThrows(MillraceException.class, () -> db.query("SELECT id, body FROM documents"));
        assertEquals(ErrorCode.UNSUPPORTED_TYPE, error.code());
        assertTrue(error.getMessage().contains("point"), error.getMessage());
    }

    @Test
    void table_without_replica_identity_is_refused_with_the_remedy() {
        MillraceException error = assertThrows(MillraceException.class, () -> db.live("SELECT a FROM loose"));
        assertEquals(ErrorCode.NO_REPLICA_IDENTITY, error.code());
        assertTrue(error.getMessage().contains("REPLICA IDENTITY"), error.getMessage());
    }

    @Test
    void source_in_use_is_not_dropped_and_closed_things_say_so() {
        LiveQuery query = db.live("SELECT id FROM items");
        assertEquals(
                ErrorCode.SOURCE_IN_USE,
                assertThrows(MillraceException.class, () -> db.execute("DROP SOURCE pg"))
                        .code());
        query.close();
        query.close();
        assertEquals(
                ErrorCode.CLOSED,
                assertThrows(MillraceException.class, query::current).code());
        db.execute("DROP SOURCE pg");
        assertEquals(
                ErrorCode.UNKNOWN_TABLE,
                assertThrows(MillraceException.class, () -> db.live("SELECT id FROM items"))
                        .code());
        assertEquals(
                ErrorCode.UNKNOWN_SOURCE,
                assertThrows(MillraceException.class, () -> db.execute("DROP SOURCE pq"))
                        .code());
        db.close();
        assertEquals(
                ErrorCode.CLOSED,
                assertThrows(MillraceException.class, () -> db.live("SELECT 1")).code());
    }

    @Test
    void closing_the_database_ends_its_subscriptions() {
        LiveHistory history = new LiveHistory();
        db.live("SELECT id FROM items").subscribe(history);
        SnapshotOracle.Snapshot reached = oracle.snapshot(List.of());
        history.awaitPast(reached.position(), Watched.PATIENCE);
        db.close();
        history.close();
        server.execute("INSERT INTO items VALUES (8, 8, 8)");
        // A message after the end would be a violation.
        history.verify();
    }

    @Test
    void unknown_connector_and_option_are_named() {
        assertEquals(
                ErrorCode.UNKNOWN_CONNECTOR,
                assertThrows(MillraceException.class, () -> db.execute("CREATE SOURCE x FROM POSTGRE (url = 'y')"))
                        .code());
        MillraceException option =
                assertThrows(MillraceException.class, () -> db.execute("CREATE SOURCE x FROM POSTGRES (uri = 'y')"));
        assertEquals(ErrorCode.INVALID_OPTION, option.code());
        assertTrue(option.getMessage().contains("uri"), option.getMessage());
        assertEquals(
                ErrorCode.DUPLICATE_SOURCE,
                assertThrows(MillraceException.class, () -> db.execute(Watched.createSource(server)))
                        .code());
    }
}
