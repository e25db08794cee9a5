package dev.millrace.connector.postgres;

import dev.millrace.connector.TableContents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Tables' contents as an exported snapshot shows them. */
final class Snapshot {
    private static final String UNSETTLED = """
            SELECT xid FROM (SELECT pg_current_snapshot() AS shown) AS snapshot, generate_series(
                pg_snapshot_xmin(shown)::text::bigint, pg_snapshot_xmax(shown)::text::bigint - 1) AS xid
            WHERE pg_visible_in_snapshot(xid::text::xid8, shown) AND pg_xact_status(xid::text::xid8) = 'in progress'
            LIMIT 1""";

    private Snapshot() {}

    /** Reads all of these tables in one transaction. */
    static List<TableContents> read(
            Connections connections, EnumTypes enums, String snapshot, Collection<PostgresTable> tables)
            throws SQLException {
        try (Connection connection = connections.sql()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
                // A copy takes as long as it takes, and rows hidden by a policy would be missing without a word.
                statement.execute("SET LOCAL statement_timeout = 0");
                statement.execute("SET LOCAL row_security = off");
                awaitSettled(statement);
            }
            CopyManager copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
            List<TableContents> contents = new ArrayList<>();
            for (PostgresTable table : tables) {
                contents.add(new BinaryCopyReader(table, enums).read(copyManager));
            }
            connection.commit();
            return contents;
        }
    }

    /**
     * Waits until all transactions that the snapshot shows have ended. A slot's snapshot shows what had committed in the log, but a row is only
     * seen once its transaction is marked committed, which the committing session does a moment after it wrote to the log.
     */
    private static void awaitSettled(Statement statement) throws SQLException {
        boolean settled = false;
        while (!settled) {
            try (ResultSet unsettled = statement.executeQuery(UNSETTLED)) {
                settled = !unsettled.next();
            }
        }
    }
}
