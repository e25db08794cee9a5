package dev.millrace.connector.postgres;

import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a source has on its server: a slot, and a publication unless one was given.
 *
 * @param given the user's publication; ours is not made then
 */
record Upstream(
        PostgresOptions options,
        Connections connections,
        EnumTypes enums,
        ServerFacts facts,
        ReplicationSlot slot,
        Publication own,
        Optional<GivenPublication> given) {

    /** The longest name made with it, that of a load's slot, just has the 63 bytes that a server allows. */
    private static final int LONGEST_NAME = 31;

    /** Connects, and checks all that must be right before anything is followed. Makes nothing yet. */
    static Upstream open(String sourceName, PostgresOptions options) {
        Connections connections = new Connections(options, sourceName);
        ServerFacts facts = ServerFacts.read(connections, options);
        Optional<GivenPublication> given = options.publication().map(GivenPublication::new);
        if (given.isPresent()) {
            try (Connection connection = connections.sql()) {
                given.get().require(connection);
            } catch (SQLException e) {
                throw ServerErrors.diagnose(e, options, "cannot open the source");
            }
        }
        String unique = uniqueName(sourceName);
        return new Upstream(
                options,
                connections,
                new EnumTypes(connections),
                facts,
                new ReplicationSlot(unique, options.temporarySlot()),
                new Publication(unique),
                given);
    }

    /** Slots belong to the whole cluster: two databases may well follow it under the same name. */
    private static String uniqueName(String sourceName) {
        String plain = sourceName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return "millrace_" + plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "_" + randomSuffix();
    }

    private static String randomSuffix() {
        return String.format("%08x", ThreadLocalRandom.current().nextInt());
    }

    String publication() {
        return given.map(GivenPublication::name).orElse(own.name());
    }

    Map<TableName, PostgresTable> catalog(Connection connection) throws SQLException {
        return PostgresCatalog.read(connection, options, enums);
    }

    /**
     * The definitions of these tables, once all that may stand in the way of following them was checked.
     *
     * @throws MillraceException if something does
     */
    List<PostgresTable> require(Collection<TableName> names) throws SQLException {
        List<PostgresTable> tables = new ArrayList<>();
        if (names.isEmpty()) {
            return tables;
        }
        try (Connection connection = connections.sql()) {
            Map<TableName, PostgresTable> catalog = catalog(connection);
            for (TableName table : new LinkedHashSet<>(names)) {
                tables.add(require(table, Optional.ofNullable(catalog.get(table))));
            }
            TablePrivileges.require(connection, tables, given.isEmpty());
            if (given.isPresent()) {
                for (PostgresTable table : tables) {
                    given.get().require(connection, table);
                }
            }
        }
        return tables;
    }

    private PostgresTable require(TableName name, Optional<PostgresTable> found) {
        PostgresTable table = found.orElseThrow(() -> new MillraceException(
                ErrorCode.UNKNOWN_TABLE, "there is no table " + name + " in " + options.database()));
        table.definition().obstacle().ifPresent(obstacle -> {
            throw new MillraceException(
                    ErrorCode.NO_REPLICA_IDENTITY, "table " + name + " cannot be followed: " + obstacle);
        });
        return table;
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
        return Baseline.take(connections, enums, slot.name(), slot.temporary(), tables);
    }

    /**
     * Reads these tables at the consistent point of a slot that is not kept. It has another name each time, as the server may still be at
     * work on one that nobody waits for any more.
     */
    Baseline passingBaseline(Collection<PostgresTable> tables) throws SQLException {
        Baseline baseline = Baseline.take(connections, enums, slot.name() + "_load_" + randomSuffix(), true, tables);
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
