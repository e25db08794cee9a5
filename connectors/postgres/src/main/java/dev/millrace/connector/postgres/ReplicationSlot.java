package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The slot in which the server keeps our place in its log. */
record ReplicationSlot(String name, boolean temporary) {
    /** How long to wait for another process of the server to end, before it is asked again. */
    private static final int TERMINATION_MILLIS = 5_000;

    /** What the server has of the slot. */
    enum State {
        AVAILABLE,
        /** It is there, but the log that it stood for is not. */
        INVALIDATED,
        MISSING
    }

    State state(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT wal_status IS NOT DISTINCT FROM 'lost' FROM pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return !row.next() ? State.MISSING : row.getBoolean(1) ? State.INVALIDATED : State.AVAILABLE;
            }
        }
    }

    /** Ends the walsender that still serves a connection of ours which is gone. */
    void release(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(active_pid, "
                + TERMINATION_MILLIS + ") FROM pg_replication_slots WHERE slot_name = ? AND active")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** Drops the slot if it is there, whoever uses it. */
    void drop(Connection connection, Connections connections) throws SQLException {
        if (state(connection) == State.MISSING) {
            return;
        }
        release(connection);
        try (ReplicationConnection replication = connections.replication()) {
            replication.dropSlot(name);
        } catch (SQLException e) {
            // A temporary slot goes away with the process that was just ended.
            if (!ServerErrors.UNDEFINED_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
