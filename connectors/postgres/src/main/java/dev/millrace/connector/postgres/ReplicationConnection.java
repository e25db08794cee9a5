package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A connection to a walsender: the commands of the streaming replication protocol. */
final class ReplicationConnection implements AutoCloseable {
    private static final Executor CALLER = Runnable::run;

    private final Connection connection;

    ReplicationConnection(Connection connection) {
        this.connection = connection;
    }

    /** Which cluster this is, and the end of the log that it has flushed. */
    record SystemIdentity(String systemIdentifier, int timeline, long flushed) {}

    /**
     * A new slot.
     *
     * @param consistentPoint the snapshot shows exactly the transactions whose commit records start before it
     * @param snapshot can be imported by other connections until the next command on this one
     */
    record ExportedSnapshot(long consistentPoint, String snapshot) {}

    SystemIdentity identifySystem() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new SystemIdentity(
                    row.getString("systemid"), row.getInt("timeline"), Lsn.parse(row.getString("xlogpos")));
        }
    }

    /** Creates a slot, which waits for the end of every transaction that writes now. */
    ExportedSnapshot createSlot(String slot, boolean temporary) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("CREATE_REPLICATION_SLOT " + slot
                        + (temporary ? " TEMPORARY" : "") + " LOGICAL pgoutput (SNAPSHOT 'export')")) {
            row.next();
            return new ExportedSnapshot(Lsn.parse(row.getString("consistent_point")), row.getString("snapshot_name"));
        }
    }

    /** Drops a slot, as soon as nobody uses it any more. */
    void dropSlot(String slot) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP_REPLICATION_SLOT " + slot + " WAIT");
        }
    }

    /**
     * Starts to stream what committed at or after this position. The connection serves nothing else from here on.
     *
     * @param silenceMillis after how long without any message the server is held for dead; 0 means never
     */
    ReplicationStream stream(String slot, String publication, long from, int silenceMillis) throws SQLException {
        connection.setNetworkTimeout(CALLER, silenceMillis);
        return new ReplicationStream(
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyDual("START_REPLICATION SLOT " + slot + " LOGICAL " + Lsn.format(from)
                                + " (proto_version '1', binary 'true', publication_names '"
                                + PostgresTable.quote(publication).replace("'", "''") + "')"),
                from);
    }

    /** What the server warned of since this was last asked, chained. */
    @Nullable
    SQLWarning takeWarnings() throws SQLException {
        SQLWarning warnings = connection.getWarnings();
        if (warnings != null) {
            connection.clearWarnings();
        }
        return warnings;
    }

    void abort() throws SQLException {
        Connections.abort(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
