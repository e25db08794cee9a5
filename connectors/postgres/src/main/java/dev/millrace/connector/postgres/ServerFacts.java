package dev.millrace.connector.postgres;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server is, learnt when a source is opened, which is refused where nothing could be followed.
 *
 * @param systemIdentifier of the cluster; a copy restored elsewhere keeps it
 * @param user the role that the source acts as
 * @param blockSize of the log, in bytes
 * @param segmentSize of the log, in bytes
 */
record ServerFacts(String systemIdentifier, String user, long blockSize, long segmentSize) {
    private static final int OLDEST_VERSION = 15;

    static ServerFacts read(Connections connections, PostgresOptions options) {
        String doing = "cannot open the source";
        String privilege = "REPLICATION";
        try (Connection connection = connections.sql();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS version,
                               current_setting('wal_level') AS wal_level, current_user AS role,
                               (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_block_size') AS block_size,
                               (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size') AS segment_size
                        """)) {
            row.next();
            String user = row.getString("role");
            privilege = "ALTER ROLE " + PostgresTable.quote(user) + " REPLICATION";
            requireVersion(row.getInt("major"), row.getString("version"));
            requireLogical(row.getString("wal_level"));
            try (ReplicationConnection replication = connections.replication()) {
                return new ServerFacts(
                        replication.identifySystem().systemIdentifier(),
                        user,
                        row.getLong("block_size"),
                        row.getLong("segment_size"));
            }
        } catch (SQLException e) {
            throw ServerErrors.diagnose(e, options, doing, privilege);
        }
    }

    static void requireVersion(int major, String version) {
        if (major < OLDEST_VERSION) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "the server is Postgres " + version + ", and " + OLDEST_VERSION
                            + " is the oldest version that can be followed: upgrade the server");
        }
    }

    private static void requireLogical(String walLevel) {
        if (!walLevel.equals("logical")) {
            throw new MillraceException(
                    ErrorCode.WAL_LEVEL_NOT_LOGICAL,
                    "the server's wal_level is '" + walLevel
                            + "', which leaves out of its log what a follower needs: ALTER SYSTEM SET wal_level = logical,"
                            + " then restart the server");
        }
    }
}
