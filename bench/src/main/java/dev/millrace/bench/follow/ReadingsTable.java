package dev.millrace.bench.follow;

import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The table that is followed, five columns of the usual types, and the connection that writes it. */
final class ReadingsTable implements AutoCloseable {
    static final String NAME = "readings";

    private final Connection connection;

    /** Creates the table; it must not exist. */
    ReadingsTable(PostgresServer server) throws SQLException {
        connection = server.connect();
        connection.setAutoCommit(false);
        execute(
                "CREATE TABLE " + NAME
                        + " (id bigint PRIMARY KEY, station integer NOT NULL, value bigint NOT NULL, label text, taken_at timestamptz)");
        connection.commit();
    }

    /** Empties the table. */
    void truncate() throws SQLException {
        execute("TRUNCATE " + NAME);
        connection.commit();
    }

    /** Inserts rows with the ids from {@code first} to {@code last}, at a hundred stations; {@link #commit} is up to the caller. */
    void insert(long first, long last) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + NAME
                + " SELECT n, n % 100, n * 7 % 1000, 'reading ' || n, timestamptz '2026-01-01 00:00:00Z' + n * interval '1 second'"
                + " FROM generate_series(?, ?) AS n")) {
            insert.setLong(1, first);
            insert.setLong(2, last);
            insert.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
