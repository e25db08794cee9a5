package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    @Test
    void is_ready_for_logical_replication_and_leaves_nothing_behind() throws SQLException {
        Path data;
        try (PostgresServer server = PostgresServer.start(Map.of("work_mem", "5MB"))) {
            assertEquals("logical", setting(server, "wal_level"));
            assertEquals("on", setting(server, "synchronous_commit"));
            assertEquals("20", setting(server, "max_replication_slots"));
            assertEquals("20", setting(server, "max_wal_senders"));
            assertEquals("5MB", setting(server, "work_mem"));
            assertTrue(setting(server, "server_version").startsWith("18"));
            data = Path.of(setting(server, "data_directory"));
            assertTrue(Files.exists(data));
        }
        assertFalse(Files.exists(data));
        assertFalse(Files.exists(data.getParent()));
    }

    @Test
    void runs_several_statements_and_reports_the_servers_error() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            server.execute("CREATE TABLE a (i int); INSERT INTO a VALUES (1), (2)");
            var error = assertThrows(
                    MillraceException.class, () -> server.execute("DELETE FROM a; SELECT no_such_column FROM a"));
            assertEquals(ErrorCode.SOURCE_FAILED, error.code());
            assertTrue(error.getMessage().contains("no_such_column"), error.getMessage());
            assertEquals("2", value(server, "SELECT count(*) FROM a"));
        }
    }

    @Test
    void text_sorts_by_code_point_and_changes_case_beyond_ascii() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            assertEquals(
                    "A,B,a,ä",
                    value(
                            server,
                            "SELECT string_agg(v, ',' ORDER BY v) FROM (VALUES ('a'), ('B'), ('ä'), ('A')) x(v)"));
            assertEquals("Ä", value(server, "SELECT upper('ä')"));
        }
    }

    @Test
    void says_why_it_did_not_start() {
        var error = assertThrows(
                MillraceException.class,
                () -> PostgresServer.start(Map.of("no_such_parameter", "1"), Duration.ofSeconds(2)));
        assertEquals(ErrorCode.SERVER_UNREACHABLE, error.code());
        assertTrue(error.getMessage().contains("no_such_parameter"), error.getMessage());
    }

    private static String setting(PostgresServer server, String name) throws SQLException {
        return value(server, "SHOW " + name);
    }

    private static String value(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
