package dev.millrace.connector.postgres;

import dev.millrace.connector.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What a source has on its server: a slot, and a publication unless one was given.
 *
 * @param given the user's publication; ours is not made then
 */
record Upstream(
        PostgresOptions options,
        Connections connections,
        ServerFacts facts,
        ReplicationSlot slot,
        Publication own,
        Optional<GivenPublication> given) {

    String publication() {
        return given.map(GivenPublication::name).orElse(own.name());
    }

    Map<TableName, PostgresTable> catalog(Connection connection) throws SQLException {
        return PostgresCatalog.read(connection, options.schemas());
    }

    /** Checks all that may stand in the way of following these tables. */
    void require(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        TablePrivileges.require(connection, tables, given.isEmpty());
        if (given.isPresent()) {
            for (PostgresTable table : tables) {
                given.get().require(connection, table);
            }
        }
    }

    void publish(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        if (given.isEmpty()) {
            own.add(connection, tables);
        }
    }

    void unpublish(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        if (given.isEmpty()) {
            own.remove(connection, tables);
        }
    }

    /** Whether the publication is still there and, if it is ours, has all of these tables. */
    boolean publishes(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        return given.isPresent()
                ? new Publication(given.get().name()).exists(connection)
                : own.publishes(connection, tables);
    }

    /** Creates the slot and reads these tables at its consistent point. */
    Baseline baseline(Collection<PostgresTable> tables) throws SQLException {
        return Baseline.take(connections, slot.name(), slot.temporary(), tables);
    }

    /** Reads these tables at the consistent point of a slot that is not kept. */
    Baseline passingBaseline(Collection<PostgresTable> tables) throws SQLException {
        Baseline baseline = Baseline.take(connections, slot.name() + "_load", true, tables);
        baseline.connection().close();
        return baseline;
    }

    /** Leaves nothing of ours on the server. */
    void remove(Connections cleaning) throws SQLException {
        try (Connection connection = cleaning.sql()) {
            slot.drop(connection, cleaning);
            if (given.isEmpty()) {
                own.drop(connection);
            }
        }
    }

    /** What a user has to do where that is not possible. */
    String leftBehind() {
        return "SELECT pg_drop_replication_slot('" + slot.name() + "')"
                + (given.isEmpty() ? "; DROP PUBLICATION " + own.name() : "");
    }
}
