package dev.millrace.connector.postgres;

import dev.millrace.connector.TableContents;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Tables' contents at the consistent point of a new slot: what commits at or behind that position is decoded by the slot,
 * what committed before is in the contents.
 *
 * @param connection the one that created the slot; a temporary slot lives as long as it
 */
record Baseline(ReplicationConnection connection, long position, List<TableContents> contents) {

    /**
     * Creates the slot and reads the tables. Every change after the position is decoded with the tables in the publication, as they are in it
     * already and the slot's creation waits for all transactions that began to write before.
     */
    static Baseline take(
            Connections connections, EnumTypes enums, String slot, boolean temporary, Collection<PostgresTable> tables)
            throws SQLException {
        ReplicationConnection connection = connections.replication();
        try {
            ReplicationConnection.ExportedSnapshot exported = connection.createSlot(slot, temporary);
            return new Baseline(
                    connection,
                    exported.consistentPoint(),
                    Snapshot.read(connections, enums, exported.snapshot(), tables));
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }
}
