package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SnapshotOracle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Live queries over enum columns, whose type grows meanwhile. */
class EnumTest {
    private static final List<String> QUERIES = List.of(
            "SELECT id, status FROM jobs",
            "SELECT status, count(*) AS n FROM jobs GROUP BY status",
            "SELECT max(status) AS last, min(status) AS first FROM jobs",
            "SELECT id, row_number() OVER (ORDER BY status, id) AS place FROM jobs",
            "SELECT id FROM jobs WHERE status > 'open'",
            "SELECT id, price * 2 AS twice FROM jobs WHERE price < 5");
    private static PostgresServer server;
    private static SnapshotOracle oracle;
    private Millrace db;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
        oracle = SnapshotOracle.open(server);
    }

    @AfterAll
    static void stopServer() {
        oracle.close();
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        execute("CREATE TYPE status AS ENUM ('open', 'done')");
        execute("CREATE DOMAIN price AS numeric(6,2)");
        execute("CREATE TABLE jobs (id int PRIMARY KEY, status status, price price)");
        execute("INSERT INTO jobs VALUES (1, 'open', 1.5), (2, 'done', 7), (3, NULL, NULL)");
        db = Millrace.inMemory();
        db.execute(Watched.createSource(server));
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
        execute("DROP TABLE jobs");
        execute("DROP TYPE status");
        execute("DROP DOMAIN price");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_label_that_is_added_between_others_takes_its_place() throws SQLException {
        try (Watched watched = new Watched(db, QUERIES)) {
            watched.compare(oracle);
            execute("ALTER TYPE status ADD VALUE 'under way' BEFORE 'done'");
            execute("INSERT INTO jobs VALUES (4, 'under way', 2)");
            execute("UPDATE jobs SET status = 'under way' WHERE id = 1");
            watched.compare(oracle);
            execute("ALTER TYPE status ADD VALUE 'new' BEFORE 'open'");
            watched.add(db, "SELECT id FROM jobs WHERE status <> 'new'");
            execute("UPDATE jobs SET status = 'new' WHERE id = 2");
            execute("DELETE FROM jobs WHERE id = 4");
            watched.compare(oracle);
        }
    }

    @Test
    void a_renamed_label_ends_what_it_reaches_with_an_error() throws SQLException {
        LiveQuery query = db.live(QUERIES.getFirst());
        execute("ALTER TYPE status RENAME VALUE 'open' TO 'waiting'");
        execute("INSERT INTO jobs VALUES (4, 'waiting', 1)");
        MillraceException error = assertThrows(MillraceException.class, () -> awaitFailure(query));
        assertEquals(ErrorCode.SOURCE_SCHEMA_CHANGED, error.code());
        try (LiveQuery again = db.live(QUERIES.getFirst())) {
            assertEquals(4, again.current().rows().size());
        }
    }

    private static void awaitFailure(LiveQuery query) {
        long end = System.nanoTime() + Watched.PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            query.current();
            Thread.onSpinWait();
        }
    }
}
