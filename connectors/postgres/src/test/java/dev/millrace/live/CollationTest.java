package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.Millrace;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database whose texts are ordered by the rules of a language, as most are. */
class CollationTest {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws SQLException {
        server = PostgresServer.start();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'");
        }
        try (Connection connection = DriverManager.getConnection(url(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (id int PRIMARY KEY, name text, code text COLLATE \"C\")");
            statement.execute("INSERT INTO people VALUES (1, 'Zoe', 'b'), (2, 'anna', 'B')");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static String url() {
        return server.jdbcUrl().replaceAll("/postgres(\\?|$)", "/english$1");
    }

    private static Millrace open(String options) {
        Millrace db = Millrace.inMemory();
        db.execute("CREATE SOURCE pg FROM POSTGRES (url = '%s', user = '%s', password = '%s'%s)"
                .formatted(url(), server.user(), server.password(), options));
        return db;
    }

    private static List<Object> ids(Millrace db, String sql) {
        return db.query(sql).rows().stream().<Object>map(row -> row.get(0)).toList();
    }

    @Test
    void what_is_ordered_by_a_language_is_refused_unless_it_is_said_how() {
        try (Millrace db = open("")) {
            MillraceException refused =
                    assertThrows(MillraceException.class, () -> db.query("SELECT id FROM people ORDER BY name"));
            assertEquals(ErrorCode.UNSUPPORTED_SQL, refused.code());
            assertEquals(List.of(1, 2), ids(db, "SELECT id FROM people ORDER BY name COLLATE \"C\""));
            assertEquals(List.of(2, 1), ids(db, "SELECT id FROM people ORDER BY code"));
            assertEquals(List.of(2), ids(db, "SELECT id FROM people WHERE name = 'anna'"));
        }
    }

    @Test
    void a_source_may_be_said_to_order_by_code_points() {
        try (Millrace db = open(", collation = 'C'")) {
            assertEquals(List.of(1, 2), ids(db, "SELECT id FROM people ORDER BY name"));
        }
        MillraceException refused = assertThrows(MillraceException.class, () -> open(", collation = 'en'"));
        assertEquals(ErrorCode.INVALID_OPTION, refused.code());
    }
}
