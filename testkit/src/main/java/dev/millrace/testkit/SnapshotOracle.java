package dev.millrace.testkit;

import dev.millrace.connector.Position;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Postgres's own answers at one exact place of its history, while others write. A logical replication slot begins at a consistent point and
 * can lend its snapshot to the transaction that creates it: what that transaction reads is the result of exactly the transactions whose commit
 * ends at or before that point. One snapshot needs one free slot and one walsender, and waits until the transactions that write when
 * it begins have ended. For use by one thread at a time.
 */
public final class SnapshotOracle implements AutoCloseable {
    private static final String UNSETTLED = """
            SELECT xid FROM (SELECT pg_current_snapshot() AS shown) AS snapshot, generate_series(
                pg_snapshot_xmin(shown)::text::bigint, pg_snapshot_xmax(shown)::text::bigint - 1) AS xid
            WHERE pg_visible_in_snapshot(xid::text::xid8, shown) AND pg_xact_status(xid::text::xid8) = 'in progress'
            LIMIT 1""";

    private final Connection connection;

    private SnapshotOracle(Connection connection) {
        this.connection = connection;
    }

    /** An oracle on a connection of its own to the server's default database. */
    public static SnapshotOracle open(PostgresServer server) {
        return open(server.jdbcUrl(), server.user(), server.password());
    }

    /** An oracle on a replication connection of its own; the role needs the REPLICATION attribute. */
    public static SnapshotOracle open(String url, String user, String password) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, "millrace-oracle");
        try {
            return new SnapshotOracle(DriverManager.getConnection(url, properties));
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SERVER_UNREACHABLE, url + ": " + e.getMessage(), e);
        }
    }

    /**
     * The results of queries, all at the same position.
     *
     * @param results one list of rows per query; values as {@link dev.millrace.message.ResultRow} names them
     */
    public record Snapshot(Position position, List<List<@Nullable Object[]>> results) {}

    /**
     * Answers these queries at one position that lies behind all that was committed before this call.
     *
     * @throws MillraceException with the server's error; the oracle can be asked again
     */
    public Snapshot snapshot(List<String> queries) {
        String slot = "millrace_oracle_" + UUID.randomUUID().toString().replace("-", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            try {
                Position position = consistentPoint(statement, slot);
                awaitSettled(statement);
                // Text in simple query mode shows timestamptz in the session's zone.
                statement.execute("SET LOCAL TimeZone = 'UTC'");
                List<List<@Nullable Object[]>> results = new ArrayList<>();
                for (String query : queries) {
                    try (ResultSet rows = statement.executeQuery(query)) {
                        results.add(JdbcRows.read(rows));
                    }
                }
                statement.execute("COMMIT");
                statement.execute("DROP_REPLICATION_SLOT " + slot);
                return new Snapshot(position, results);
            } catch (SQLException e) {
                throw abandoned(statement, slot, e);
            }
        } catch (SQLException e) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "no snapshot: " + e.getMessage(), e);
        }
    }

    /** Closes the connection; a slot that a failed snapshot left is temporary and ends with it. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED, "the oracle's connection did not close: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until all transactions that the snapshot shows have ended. It shows what had committed in the log, but a row is only seen
     * once its transaction is marked committed, which the committing session does a moment after it wrote to the log.
     */
    private static void awaitSettled(Statement statement) throws SQLException {
        boolean settled = false;
        while (!settled) {
            try (ResultSet unsettled = statement.executeQuery(UNSETTLED)) {
                settled = !unsettled.next();
            }
        }
    }

    private static Position consistentPoint(Statement statement, String slot) throws SQLException {
        String create = "CREATE_REPLICATION_SLOT " + slot + " TEMPORARY LOGICAL pgoutput (SNAPSHOT 'use')";
        try (ResultSet created = statement.executeQuery(create)) {
            if (!created.next()) {
                throw new SQLException("the server did not describe the new slot");
            }
            LogSequenceNumber point = LogSequenceNumber.valueOf(created.getString("consistent_point"));
            return new Position(point.asLong(), point.asString());
        }
    }

    /** Leaves the connection usable, and the slot gone if it was made; says what went wrong first. */
    private static SQLException abandoned(Statement statement, String slot, SQLException cause) {
        try {
            statement.execute("ROLLBACK");
            statement.execute("DROP_REPLICATION_SLOT " + slot);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
