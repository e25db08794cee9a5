package dev.millrace.connector.postgres;

import dev.millrace.connector.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Tables' contents as an exported snapshot shows them. */
final class Snapshot {
    private Snapshot() {}

    /** Reads all of these tables in one transaction. */
    static List<TableContents> read(Connections connections, String snapshot, Collection<PostgresTable> tables)
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
            }
            CopyManager copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
            List<TableContents> contents = new ArrayList<>();
            for (PostgresTable table : tables) {
                contents.add(new BinaryCopyReader(table).read(copyManager));
            }
            connection.commit();
            return contents;
        }
    }
}
