package dev.millrace.connector.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server how far its log goes, over a connection that is kept. Where the end of the log is not on disk yet (the server
 * streams only what is) a small record is committed, as otherwise an idle server might leave it so for long. Safe for use by
 * several threads.
 */
final class CurrentPosition {
    private static final String END_OF_LOG = "SELECT pg_current_wal_insert_lsn(), pg_current_wal_flush_lsn()";
    private static final String FLUSH = "SELECT pg_logical_emit_message(true, 'millrace', '')";

    private final Connections connections;
    private final ServerFacts facts;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;

    CurrentPosition(Connections connections, ServerFacts facts) {
        this.connections = connections;
        this.facts = facts;
    }

    /** Everything that was committed before the call lies before this position. */
    long read() throws SQLException {
        lock.lock();
        try {
            Connection kept = connection;
            if (kept != null) {
                try {
                    return read(kept);
                } catch (SQLException e) {
                    // The kept connection may have been lost at any time since; only a new one tells.
                    connection = null;
                    kept.close();
                }
            }
            Connection opened = connections.sql();
            connection = opened;
            try (Statement statement = opened.createStatement()) {
                statement.execute("SET synchronous_commit = local");
            }
            return read(opened);
        } finally {
            lock.unlock();
        }
    }

    private long read(Connection reading) throws SQLException {
        try (Statement statement = reading.createStatement()) {
            long inserted;
            try (ResultSet row = statement.executeQuery(END_OF_LOG)) {
                row.next();
                inserted = endOfRecord(row.getString(1));
                if (!Lsn.isBefore(endOfRecord(row.getString(2)), inserted)) {
                    return inserted;
                }
            }
            statement.execute(FLUSH);
            return inserted;
        }
    }

    private long endOfRecord(String insert) {
        return Lsn.endOfRecord(Lsn.parse(insert), facts.blockSize(), facts.segmentSize());
    }
}
