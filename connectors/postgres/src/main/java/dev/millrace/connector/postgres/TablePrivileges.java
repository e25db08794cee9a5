package dev.millrace.connector.postgres;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Checks that a role may read tables and publish them, and says what to grant where it may not. */
final class TablePrivileges {
    private static final String DATABASE = """
            SELECT has_database_privilege(current_database(), 'CREATE') AS may_create,
                   quote_ident(current_database()) AS database, quote_ident(current_user) AS role
            """;
    private static final String TABLE = """
            SELECT has_schema_privilege(n.oid, 'USAGE') AS may_use, has_table_privilege(c.oid, 'SELECT') AS may_select,
                   row_security_active(c.oid) AS filtered,
                   pg_has_role(c.relowner, 'USAGE') AS owns, quote_ident(r.rolname) AS owner
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.oid = c.relowner
            WHERE c.oid = ?
            """;

    private TablePrivileges() {}

    /**
     * @param publish whether the role will publish the tables itself
     * @throws MillraceException with {@code MISSING_PRIVILEGE}, naming all that is missing
     */
    static void require(Connection connection, Collection<PostgresTable> tables, boolean publish) throws SQLException {
        List<String> needed = new ArrayList<>();
        String role;
        try (PreparedStatement statement = connection.prepareStatement(DATABASE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            role = row.getString("role");
            if (publish && !row.getBoolean("may_create")) {
                needed.add("GRANT CREATE ON DATABASE " + row.getString("database") + " TO " + role);
            }
        }
        for (PostgresTable table : tables) {
            require(connection, table, role, publish, needed);
        }
        if (!needed.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.MISSING_PRIVILEGE,
                    "role " + role + " may not do what is needed to follow " + PostgresTable.names(tables)
                            + ". Needed: "
                            + String.join("; ", needed)
                            + (publish
                                    ? ". Ownership is not needed with a ready-made publication (option publication)"
                                    : ""));
        }
    }

    private static void require(
            Connection connection, PostgresTable table, String role, boolean publish, List<String> needed)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setLong(1, Integer.toUnsignedLong(table.oid()));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                if (!row.getBoolean("may_use")) {
                    needed.add("GRANT USAGE ON SCHEMA "
                            + PostgresTable.quote(table.name().schema()) + " TO " + role);
                }
                if (!row.getBoolean("may_select")) {
                    needed.add("GRANT SELECT ON " + table.sqlName() + " TO " + role);
                }
                if (row.getBoolean("filtered")) {
                    needed.add("ALTER ROLE " + role + " BYPASSRLS (the policies of " + table.sqlName() + " hide rows)");
                }
                if (publish && !row.getBoolean("owns")) {
                    needed.add("GRANT " + row.getString("owner") + " TO " + role + " (the owner of " + table.sqlName()
                            + ")");
                }
            }
        }
    }
}
