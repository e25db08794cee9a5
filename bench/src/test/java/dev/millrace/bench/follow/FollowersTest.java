package dev.millrace.bench.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both contestants are measured the same way, so both must count the same. */
class FollowersTest {
    private static final String PUBLICATION = "bare";

    private static PostgresServer server;
    private static ReadingsTable table;

    enum Kind {
        BARE,
        MILLRACE;

        Follower open() throws SQLException {
            return switch (this) {
                case BARE -> BareFollower.open(server, PUBLICATION);
                case MILLRACE -> MillraceFollower.open(server);
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        table = new ReadingsTable(server);
        server.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE " + ReadingsTable.NAME);
    }

    @AfterAll
    static void stop() throws Exception {
        table.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void sees_all_rows_of_a_large_transaction(Kind kind) throws Exception {
        double[] rate = new Throughput(table, kind::open, 10_000).measure();
        assertEquals(1, rate.length);
        assertTrue(rate[0] > 0 && Double.isFinite(rate[0]), "rows/s: " + rate[0]);
    }

    @ParameterizedTest
    @EnumSource
    void sees_each_of_many_small_transactions(Kind kind) throws Exception {
        double[] millis = new Latency(table, kind::open, 20).measure();
        assertEquals(2, millis.length);
        assertTrue(0 < millis[0] && millis[0] <= millis[1], millis[0] + " ms, " + millis[1] + " ms");
    }
}
