package dev.millrace.connector.postgres;

import java.io.EOFException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.copy.CopyDual;

/**
 * The stream of messages from a walsender, and the confirmations back to it. Used by one thread.
 *
 * <pre>
 *   log data      'w' | start int64 | end int64 | server's clock int64 | a pgoutput message
 *   keepalive     'k' | end int64 | server's clock int64 | answer wanted int8
 *   confirmation  'r' | written int64 | flushed int64 | applied int64 | clock int64 | answer wanted int8
 * </pre>
 */
final class ReplicationStream {
    static final byte LOG_DATA = 'w';
    static final byte KEEPALIVE = 'k';
    static final int LOG_DATA_HEADER = 1 + 3 * Long.BYTES;

    private static final int KEEPALIVE_END = 1;
    private static final int KEEPALIVE_ANSWER_WANTED = 1 + 2 * Long.BYTES;
    private static final byte CONFIRMATION = 'r';
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyDual copy;
    private final byte[] confirmation = new byte[1 + 4 * Long.BYTES + 1];
    private long confirmed;
    private long confirmedNanos = System.nanoTime();

    ReplicationStream(CopyDual copy, long confirmed) {
        this.copy = copy;
        this.confirmed = confirmed;
    }

    /** The next message; waits for it. */
    byte[] receive() throws SQLException {
        byte[] message = copy.readFromCopy();
        if (message == null) {
            throw new SQLException("the server ended the stream", "08006", new EOFException());
        }
        return message;
    }

    /** The position of a keepalive: all that committed before it was sent. */
    static long end(byte[] keepalive) {
        return BinaryFormat.int64(keepalive, KEEPALIVE_END);
    }

    static boolean isAnswerWanted(byte[] keepalive) {
        return keepalive[KEEPALIVE_ANSWER_WANTED] != 0;
    }

    long confirmed() {
        return confirmed;
    }

    /** When the last confirmation was sent, as {@link System#nanoTime} counts. */
    long confirmedNanos() {
        return confirmedNanos;
    }

    /** Tells the server that it may forget the log up to here. */
    void confirm(long position) throws SQLException {
        confirmation[0] = CONFIRMATION;
        BinaryFormat.putInt64(confirmation, 1, position);
        BinaryFormat.putInt64(confirmation, 1 + Long.BYTES, position);
        BinaryFormat.putInt64(confirmation, 1 + 2 * Long.BYTES, position);
        BinaryFormat.putInt64(confirmation, 1 + 3 * Long.BYTES, ChronoUnit.MICROS.between(EPOCH, Instant.now()));
        copy.writeToCopy(confirmation, 0, confirmation.length);
        copy.flushCopy();
        confirmed = position;
        confirmedNanos = System.nanoTime();
    }
}
