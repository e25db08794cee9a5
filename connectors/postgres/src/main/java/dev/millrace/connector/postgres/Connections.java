package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/** Opens connections to the server and can cut off all that are open, whatever they wait for. Safe for use by several threads. */
final class Connections {
    private static final Driver DRIVER = new Driver();
    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    /** A new slot waits for others, and its snapshot must last while tables are read. */
    private static final String WITHOUT_TIMEOUTS =
            "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0";

    private final PostgresOptions options;
    private final String sourceName;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    Connections(PostgresOptions options, String sourceName) {
        this.options = options;
        this.sourceName = sourceName;
    }

    /** A new connection for SQL. */
    Connection sql() throws SQLException {
        return connect(new Properties());
    }

    /** A new connection that speaks the replication protocol. */
    ReplicationConnection replication() throws SQLException {
        Properties properties = new Properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.OPTIONS.set(properties, WITHOUT_TIMEOUTS);
        return new ReplicationConnection(connect(properties));
    }

    /** Cancels what runs on all open connections, cuts them off and opens no more; who uses one gets an {@link SQLException}. */
    void shutDown() throws SQLException {
        shut = true;
        for (Connection connection : open) {
            abort(connection);
        }
    }

    /** Without the cancellation a server process that waits for something else would not notice that it is alone. */
    static void abort(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // A server that does not answer has nothing to cancel either; the connection is cut off in any case.
            connection.abort(Runnable::run);
            return;
        }
        connection.abort(Runnable::run);
    }

    private Connection connect(Properties properties) throws SQLException {
        for (Iterator<Connection> each = open.iterator(); each.hasNext(); ) {
            if (each.next().isClosed()) {
                each.remove();
            }
        }
        options.user().ifPresent(user -> PGProperty.USER.set(properties, user));
        options.password().ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
        PGProperty.APPLICATION_NAME.set(properties, "millrace " + sourceName);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        Connection connection = DRIVER.connect(options.url(), properties);
        if (connection == null) {
            throw new SQLException("not a URL of a Postgres database: " + options.url());
        }
        open.add(connection);
        if (shut) {
            connection.close();
            throw new SQLException("the source is closed", CONNECTION_DOES_NOT_EXIST);
        }
        return connection;
    }
}
