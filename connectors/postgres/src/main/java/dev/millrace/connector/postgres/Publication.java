package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A publication of our own: which tables' changes the server sends. */
record Publication(String name) {
    boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT FROM pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    boolean publishes(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        Set<Integer> published = published(connection);
        return exists(connection) && tables.stream().allMatch(table -> published.contains(table.oid()));
    }

    /** Makes sure that these tables are published. */
    void add(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        if (!exists(connection)) {
            execute(
                    connection,
                    "CREATE PUBLICATION " + name
                            + (tables.isEmpty() ? "" : " FOR TABLE " + PostgresTable.names(tables))
                            + " WITH (publish_via_partition_root = true)");
            return;
        }
        Set<Integer> published = published(connection);
        List<PostgresTable> missing = tables.stream()
                .filter(table -> !published.contains(table.oid()))
                .toList();
        if (!missing.isEmpty()) {
            execute(connection, "ALTER PUBLICATION " + name + " ADD TABLE " + PostgresTable.names(missing));
        }
    }

    /** Makes sure that these tables are not published. */
    void remove(Connection connection, Collection<PostgresTable> tables) throws SQLException {
        Set<Integer> published = published(connection);
        for (PostgresTable table : tables) {
            if (published.contains(table.oid())) {
                execute(connection, "ALTER PUBLICATION " + name + " DROP TABLE " + currentName(connection, table));
            }
        }
    }

    void drop(Connection connection) throws SQLException {
        execute(connection, "DROP PUBLICATION IF EXISTS " + name);
    }

    private Set<Integer> published(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT r.prrelid FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid WHERE p.pubname = ?")) {
            statement.setString(1, name);
            Set<Integer> oids = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    oids.add((int) row.getLong(1));
                }
            }
            return oids;
        }
    }

    /** The table may have been renamed since it was read. */
    private static String currentName(Connection connection, PostgresTable table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?")) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : table.sqlName();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
