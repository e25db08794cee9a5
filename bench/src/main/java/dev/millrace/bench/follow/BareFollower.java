package dev.millrace.bench.follow;

import dev.millrace.testkit.PostgresServer;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/**
 * The least that can be done with a replication stream: its messages are read, counted by their first byte and dropped. Uses a
 * temporary slot, and a publication that must exist.
 */
public final class BareFollower implements Follower {
    /** Each has a slot of its own: the server may not yet have noticed that the one before is gone. */
    private static final AtomicInteger SLOTS = new AtomicInteger();

    private final Connection connection;
    private final PGReplicationStream stream;
    private final Arrivals arrivals = new Arrivals();
    private volatile boolean closing;

    private BareFollower(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /** Starts to follow what this publication contains. */
    public static BareFollower open(PostgresServer server, String publication) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, server.user());
        PGProperty.PASSWORD.set(properties, server.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        String slot = "bench_bare_" + SLOTS.incrementAndGet();
        Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties);
        try {
            var replication = connection.unwrap(PGConnection.class).getReplicationAPI();
            replication
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(slot)
                    .withOutputPlugin("pgoutput")
                    .withTemporaryOption()
                    .make();
            PGReplicationStream stream = replication
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("binary", true)
                    .withSlotOption("publication_names", publication)
                    .start();
            BareFollower follower = new BareFollower(connection, stream);
            Thread.ofPlatform().name("bare-follower").start(follower::read);
            return follower;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void read() {
        try {
            long rows = 0;
            while (true) {
                ByteBuffer message = stream.read();
                switch (message.get()) {
                    case 'I' -> rows++;
                    case 'D' -> rows--;
                    case 'C' -> {
                        arrivals.add(rows);
                        rows = 0;
                    }
                    default -> {
                        // Begin, Relation and the like: part of the stream, but not counted.
                    }
                }
            }
        } catch (SQLException e) {
            if (!closing) {
                arrivals.fail(e);
            }
        }
    }

    @Override
    public long awaitRows(long rows) throws InterruptedException {
        return arrivals.await(rows);
    }

    /** Closing the connection is what ends the reader, and on the server the temporary slot. */
    @Override
    public void close() throws SQLException {
        closing = true;
        connection.abort(Runnable::run);
    }
}
