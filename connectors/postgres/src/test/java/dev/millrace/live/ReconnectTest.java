package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Millrace;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.RandomWorkload;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection is killed again and again while others write: no change is lost, and none is told twice. */
@Tag("L-11")
class ReconnectTest {
    private static final int KILLS = 20;
    private static final String KILL_FOLLOWER =
            "SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE active_pid IS NOT NULL AND NOT temporary";

    @Test
    void twenty_lost_connections_lose_and_repeat_nothing() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            RandomWorkload.create(server, 11);
            try (Millrace db = Millrace.inMemory();
                    SnapshotOracle oracle = SnapshotOracle.open(server);
                    Connection admin = server.connect();
                    Statement statement = admin.createStatement()) {
                db.execute(Watched.createSource(server));
                List<String> queries = List.of(
                        "SELECT * FROM r",
                        "SELECT * FROM t",
                        "SELECT r.a, count(*) AS n, sum(s.m) AS total FROM r JOIN s ON s.r_id = r.id GROUP BY r.a",
                        "SELECT r.id FROM r LEFT JOIN s ON s.r_id = r.id WHERE s.id IS NULL");
                try (Workload workload = RandomWorkload.start(server, 3, 300, 11);
                        Watched watched = new Watched(db, queries)) {
                    int killed = 0;
                    while (killed < KILLS) {
                        workload.awaitTransactions(workload.transactions() + 30, Watched.PATIENCE);
                        killed += kill(statement);
                        watched.compare(oracle);
                    }
                    workload.stop();
                    watched.compare(oracle);
                    assertTrue(killed >= KILLS);
                }
            }
        }
    }

    private static int kill(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(KILL_FOLLOWER)) {
            row.next();
            return row.getInt(1);
        }
    }
}
