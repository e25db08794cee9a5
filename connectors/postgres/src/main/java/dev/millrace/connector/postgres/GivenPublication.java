package dev.millrace.connector.postgres;

import dev.millrace.connector.TableDefinition;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A publication that the user made: it is used as it is, hence must already say what is needed. */
record GivenPublication(String name) {
    /** @throws MillraceException with {@code INVALID_OPTION} if there is none of this name, or if it leaves out changes */
    void require(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot FROM pg_publication WHERE pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw invalid("does not exist: CREATE PUBLICATION " + sqlName() + " FOR TABLE …"
                            + " WITH (publish_via_partition_root = true), or leave the option out");
                }
                if (!row.getBoolean(1)) {
                    throw invalid("leaves out changes: ALTER PUBLICATION " + sqlName()
                            + " SET (publish = 'insert, update, delete, truncate')");
                }
                if (!row.getBoolean(2)) {
                    throw invalid("publishes partitions one by one: ALTER PUBLICATION " + sqlName()
                            + " SET (publish_via_partition_root = true)");
                }
            }
        }
    }

    /** @throws MillraceException with {@code INVALID_OPTION} if the table is not in it, with all rows and columns */
    void require(Connection connection, PostgresTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT attnames::text[], rowfilter FROM pg_publication_tables
                WHERE pubname = ? AND schemaname = ? AND tablename = ?""")) {
            statement.setString(1, name);
            statement.setString(2, table.name().schema());
            statement.setString(3, table.name().name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw invalid("has no table " + table.name() + ": ALTER PUBLICATION " + sqlName() + " ADD TABLE "
                            + table.sqlName());
                }
                Set<String> columns = new HashSet<>(
                        Arrays.asList((String[]) row.getArray("attnames").getArray()));
                Optional<String> missing = table.definition().columns().stream()
                        .filter(column -> column.type().isPresent() && !columns.contains(column.name()))
                        .map(TableDefinition.Column::name)
                        .findFirst();
                if (missing.isPresent()) {
                    throw invalid("leaves out column '" + missing.get() + "' of " + table.name()
                            + ": publish the table without a column list");
                }
                if (row.getString("rowfilter") != null) {
                    throw invalid("leaves out rows of " + table.name() + ": publish the table without WHERE");
                }
            }
        }
    }

    private String sqlName() {
        return PostgresTable.quote(name);
    }

    private MillraceException invalid(String what) {
        return new MillraceException(
                ErrorCode.INVALID_OPTION, "option 'publication': publication " + sqlName() + " " + what);
    }
}
