package dev.millrace.bench.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import org.junit.jupiter.api.Test;

class BareFollowerTest {
    @Test
    void counts_the_committed_rows_of_both_measurements() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                ReadingsTable table = new ReadingsTable(server)) {
            server.execute("CREATE PUBLICATION bare FOR TABLE " + ReadingsTable.NAME);
            Follower.Opener opener = () -> BareFollower.open(server, "bare");

            double[] rate = new Throughput(table, opener, 10_000).measure();
            assertTrue(rate[0] > 0 && Double.isFinite(rate[0]), "rows/s: " + rate[0]);

            double[] millis = new Latency(table, opener, 20).measure();
            assertEquals(2, millis.length);
            assertTrue(0 < millis[0] && millis[0] <= millis[1], millis[0] + " ms, " + millis[1] + " ms");
        }
    }
}
