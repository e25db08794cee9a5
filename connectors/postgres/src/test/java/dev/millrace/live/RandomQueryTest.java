package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.oracle.Oracle;
import dev.millrace.testkit.oracle.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random queries over random tables are what Postgres says after every commit. The same each time, so that a build says something of what it builds: other ones are for {@code millrace oracle}. */
@Tag("L-18")
class RandomQueryTest {
    private static final long FIRST_SEED = 1_000;
    private static final long SECOND_SEED = 5_000;
    private static final int CASES = 260;
    private static final double MOST_REJECTED = 0.02;

    @ParameterizedTest
    @ValueSource(longs = {FIRST_SEED, SECOND_SEED})
    void random_queries_equal_postgres_after_each_commit(long seed) {
        System.out.println("RandomQueryTest: seed " + seed);
        try (PostgresServer server = PostgresServer.start()) {
            var settings = new Oracle.Settings(seed, CASES, Duration.ofMinutes(10), Set.of(), 2);
            Tally tally = Oracle.run(server, settings, Oracle.Listener.NONE);
            System.out.println(tally.summary());
            assertEquals(List.of(), tally.differences(), () -> String.join("\n", tally.differences()));
            assertTrue(tally.cases() >= CASES, "cases: " + tally.cases());
            assertTrue(tally.rejectedShare() <= MOST_REJECTED, "not answered by Postgres: " + tally.rejectedShare());
        }
    }
}
