package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Source;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.Row;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a test's own, with what a test says to it and asks of it. Closes the sources that it opened. */
final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server;
    private final String name;
    private final List<Source> sources = new ArrayList<>();

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    static TestDatabase create() {
        return create(TestServer.shared());
    }

    static TestDatabase create(TestServer server) {
        TestDatabase database = new TestDatabase(server, "test" + COUNT.incrementAndGet());
        new TestDatabase(server, "postgres").execute("CREATE DATABASE " + database.name);
        return database;
    }

    static TableName table(String name) {
        return new TableName("public", name);
    }

    String name() {
        return name;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.port() + "/" + name;
    }

    Source open() {
        return open(Map.of());
    }

    Source open(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("url", url(), "user", "postgres"));
        all.putAll(options);
        Source source = new PostgresConnector().open("test", all);
        sources.add(source);
        return source;
    }

    /** As {@link #open}, but through this port. */
    Source openAt(int port, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("url", "jdbc:postgresql://localhost:" + port + "/" + name);
        return open(all);
    }

    /** Makes a database of the same name. */
    void createAlsoAt(TestServer other) {
        new TestDatabase(other, "postgres").execute("CREATE DATABASE " + name);
    }

    /** A source that tells a new listener, which it returns. */
    RecordingListener follow(String... tables) {
        Source source = open();
        RecordingListener listener = new RecordingListener(source);
        listener.follow(tables);
        return listener;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "");
    }

    /** Runs statements as one transaction. */
    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A query's rows, their values as the driver gives them. */
    List<List<Object>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (row.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getObject(i));
                }
                rows.add(values);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A query's rows, ordered as a table's rows are. The driver's values must be those of the engine: integers and text are. */
    List<Row> rows(String sql) {
        return query(sql).stream()
                .map(values -> Row.owning(values.toArray()))
                .sorted(Row::compare)
                .toList();
    }

    /** Asks until the answer is true. */
    void awaitQuery(String sql) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!List.of(List.of(true)).equals(query(sql))) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + sql);
        }
    }

    /** Neither publication nor slot is in this database. */
    void assertNothingLeft() {
        assertEquals(List.of(), query("SELECT pubname FROM pg_publication"));
        assertEquals(
                List.of(), query("SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"));
    }

    Object queryOne(String sql) {
        return query(sql).getFirst().getFirst();
    }

    @Override
    public void close() {
        sources.forEach(Source::close);
    }
}
