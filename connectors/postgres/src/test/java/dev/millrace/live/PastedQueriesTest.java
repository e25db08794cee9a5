package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.JdbcRows;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.ResultComparison;
import dev.millrace.testkit.Sentinel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Queries as object-relational mappers, dashboards and people write them, with an ORDER BY where Postgres leaves an order open: live over one source they have Postgres's results, also after a transaction that changes each table. */
@TestInstance(Lifecycle.PER_CLASS)
class PastedQueriesTest {
    private final PostgresServer server = PostgresServer.start();
    private final Millrace db = Millrace.inMemory();

    @BeforeAll
    void create_tables() throws SQLException, IOException {
        execute(resource("schema.sql"));
        db.execute(Watched.createSource(server));
    }

    @AfterAll
    void close() {
        db.close();
        server.close();
    }

    @Test
    void a_pasted_query_has_postgress_result_and_keeps_it() throws SQLException, IOException {
        List<LiveQuery> queries = new ArrayList<>();
        try (Connection connection = server.connect();
                Sentinel sentinel = new Sentinel(connection, db)) {
            List<String> failures = new ArrayList<>();
            for (String sql : lines("queries.sql")) {
                try {
                    queries.add(db.live(sql));
                } catch (MillraceException e) {
                    failures.add(sql + "\n  " + e.getMessage());
                }
            }
            failures.addAll(differences(connection, queries));
            assertEquals("", String.join("\n", failures));
            execute(resource("changes.sql"));
            sentinel.await(Watched.PATIENCE);
            assertEquals("", String.join("\n", differences(connection, queries)));
        } finally {
            queries.forEach(LiveQuery::close);
        }
    }

    @Test
    void what_cannot_be_kept_live_is_refused_by_its_name() throws SQLException, IOException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String line : lines("refused.sql")) {
                String[] parts = line.split(" \\| ", 3);
                statement.execute(parts[2]);
                MillraceException refused = assertThrows(MillraceException.class, () -> db.live(parts[2]), parts[2]);
                assertEquals(parts[0], refused.code().code(), parts[2] + "\n  " + refused.getMessage());
                assertEquals(parts[1], refused.detail().substring(0, parts[1].length()), parts[2]);
            }
        }
    }

    private static List<String> differences(Connection connection, List<LiveQuery> queries) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (LiveQuery query : queries) {
                try (ResultSet rows = statement.executeQuery(query.sql())) {
                    ResultComparison.UNORDERED
                            .difference(
                                    JdbcRows.read(rows),
                                    ResultComparison.values(query.current().rows()))
                            .ifPresent(difference -> differences.add(query.sql() + "\n  " + difference));
                }
            }
        }
        return differences;
    }

    /** Without the comments. */
    private static List<String> lines(String name) throws IOException {
        return resource(name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(PastedQueriesTest.class.getResourceAsStream("pasted/" + name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As one transaction. */
    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.commit();
        }
    }
}
