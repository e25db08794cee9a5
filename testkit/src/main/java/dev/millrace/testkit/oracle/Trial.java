package dev.millrace.testkit.oracle;

import dev.millrace.Millrace;
import dev.millrace.connector.Position;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Runs worlds in a database of its own: creates the tables, makes the queries live, and after each commit compares every live result with what
 * Postgres says. Nobody else writes there, so Postgres's answer after a commit is its answer at that LSN. For use by one thread.
 */
final class Trial implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 3000;

    private final PostgresServer server;
    private final String database;
    private final Connection connection;

    private Trial(PostgresServer server, String database, Connection connection) {
        this.server = server;
        this.database = database;
        this.connection = connection;
    }

    /** In a new database of this server. */
    static Trial in(PostgresServer server, String database) {
        server.execute("CREATE DATABASE " + database);
        try {
            Connection connection =
                    DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute("SET statement_timeout = " + PATIENCE_MILLIS);
            }
            return new Trial(server, database, connection);
        } catch (SQLException e) {
            throw failed("a connection", e);
        }
    }

    /** What became of each case. */
    List<WatchedCase> run(World world) {
        List<WatchedCase> cases = world.cases().stream().map(WatchedCase::new).toList();
        try (Statement statement = connection.createStatement()) {
            statement.execute(world.definition());
            try (Millrace millrace = Millrace.inMemory()) {
                millrace.execute(
                        "CREATE SOURCE pg FROM POSTGRES (url = '%s', user = '%s', password = '%s', slot = 'temporary')"
                                .formatted(server.jdbcUrl(database), server.user(), server.password()));
                run(world, cases, millrace);
            } finally {
                for (Table table : world.tables()) {
                    statement.execute("DROP TABLE " + table.name());
                }
                statement.execute(Type.REMOVAL);
            }
        } catch (SQLException e) {
            throw failed("world " + world.seed(), e);
        }
        return cases;
    }

    private void run(World world, List<WatchedCase> cases, Millrace millrace) throws SQLException {
        for (WatchedCase watched : cases) {
            if (Answer.to(watched.watched().literal(), connection) instanceof Answer.Rejected(String message)) {
                watched.reject(message);
            }
        }
        for (int i = 0; i < world.history().size(); i++) {
            List<WatchedCase> open = new ArrayList<>();
            for (WatchedCase watched : cases) {
                Case plan = watched.watched();
                if (!watched.isOver() && (i == plan.from() || i == plan.again())) {
                    watched.open(millrace, i);
                }
                if (!watched.isOver() && i >= plan.from()) {
                    open.add(watched);
                }
            }
            if (write(world.history().get(i))) {
                compare(open, i);
            }
        }
        cases.forEach(WatchedCase::close);
    }

    private void compare(List<WatchedCase> cases, int transaction) throws SQLException {
        Position position = position();
        for (WatchedCase watched : cases) {
            Answer answer = Answer.to(watched.watched().literal(), connection);
            if (answer instanceof Answer.Rejected(String message)) {
                watched.reject(message);
            } else {
                watched.compare(answer, transaction, position);
            }
            if (watched.isOver()) {
                watched.close();
            }
        }
    }

    /** Whether it was committed: one whose statements cannot be carried out is rolled back. */
    private boolean write(Transaction transaction) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (Sql sql : transaction.statements()) {
                statement.execute(sql.toString());
            }
            if (transaction.commit()) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return transaction.commit();
        } catch (SQLException e) {
            connection.rollback();
            // Class 23: a key that is taken.
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
            return false;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private Position position() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_flush_lsn()")) {
            row.next();
            LogSequenceNumber end = LogSequenceNumber.valueOf(row.getString(1));
            return new Position(end.asLong(), end.asString());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("the connection", e);
        }
    }

    private static MillraceException failed(String what, SQLException e) {
        return new MillraceException(ErrorCode.SOURCE_FAILED, what + ": " + e.getMessage(), e);
    }
}
