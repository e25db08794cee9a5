package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveCommandTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        server.execute("""
                CREATE TABLE fruit (id int PRIMARY KEY, name text, price numeric(6,2));
                INSERT INTO fruit VALUES (1, 'apple', 0.50), (2, 'pear', 2);
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void json_follows_the_commits_until_nobody_reads_and_the_server_is_as_before() throws Exception {
        LineQueue out = new LineQueue();
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                () -> Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute(arguments("SELECT id, name, price FROM fruit WHERE price >= 1", "--json")),
                task -> Thread.ofPlatform().start(task));

        String accepted = out.next(line -> true);
        assertTrue(accepted.startsWith("{\"type\":\"accepted\",\"epoch\":"), accepted);
        assertTrue(accepted.endsWith("\"key\":[\"id\"]}"), accepted);
        assertEquals(
                "{\"type\":\"initial\",\"rows\":[{\"id\":2,\"name\":\"pear\",\"price\":2.00}]}",
                out.next(line -> true));
        assertEquals(1, count("pg_replication_slots"));

        server.execute("UPDATE fruit SET price = 1.25 WHERE id = 1");
        assertChanges("{\"op\":\"insert\",\"new\":{\"id\":1,\"name\":\"apple\",\"price\":1.25}}", out);
        server.execute("UPDATE fruit SET price = 1.5 WHERE id = 1");
        assertChanges(
                "{\"op\":\"update\",\"old\":{\"id\":1,\"name\":\"apple\",\"price\":1.25},\"new\":{\"id\":1,\"name\":\"apple\",\"price\":1.50}}",
                out);

        out.breakPipe();
        server.execute("UPDATE fruit SET price = 0.50 WHERE id = 1");
        assertEquals(0, exitCode.get(60, TimeUnit.SECONDS));
        assertEquals(0, count("pg_replication_slots"));
        assertEquals(0, count("pg_publication"));
    }

    @Test
    void text_shows_a_table_and_ends_after_the_time_given() throws SQLException {
        Run run = Run.of(arguments("SELECT name FROM fruit WHERE id = 2", "--seconds=0"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().isEmpty() || run.out().startsWith(" name\n------\n pear\n(1 row at "), run.out());
        assertEquals(0, count("pg_replication_slots"));
    }

    @Test
    void a_query_that_cannot_be_is_an_error_with_its_code() throws SQLException {
        Run run = Run.of(arguments("SELECT * FROM vegetables", "--json"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error MR-1002: "), run.err());
        assertTrue(run.out().startsWith("{\"type\":\"error\",\"code\":\"MR-1002\",\"message\":\""), run.out());
        assertEquals(0, count("pg_replication_slots"));
    }

    @Test
    void a_server_that_is_not_there_is_an_error_with_its_code() {
        Run run = Run.of("live", "--url=jdbc:postgresql://localhost:1/shop", "--user=ada", "SELECT 1");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error MR-3001: "), run.err());
        assertEquals("", run.out());
    }

    private static void assertChanges(String change, LineQueue out) throws InterruptedException {
        String line = out.next(text -> !text.startsWith("{\"type\":\"progress\""));
        assertTrue(line.startsWith("{\"type\":\"changes\",\"epoch\":"), line);
        assertTrue(line.endsWith(",\"changes\":[" + change + "]}"), line);
    }

    private static String[] arguments(String sql, String option) {
        return new String[] {"live", "--url", server.jdbcUrl(), "--user", server.user(), option, sql};
    }

    private static int count(String catalog) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM " + catalog)) {
            count.next();
            return count.getInt(1);
        }
    }
}
