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
import org.junit.jupiter.api.Test;

/** Random queries over random tables are what Postgres says after every commit. {@code millrace oracle} runs more of them. */
@Tag("L-18")
class RandomQueryTest {
    private static final int FIXED_SEED = 1_000;
    private static final int CASES = 260;
    private static final double MOST_REJECTED = 0.02;

    @Test
    void the_queries_of_a_fixed_seed_equal_postgres_after_each_commit() {
        requireEqual(FIXED_SEED);
    }

    @Test
    void the_queries_of_another_seed_each_time_equal_postgres_after_each_commit() {
        requireEqual(Long.getLong("millrace.seed", System.nanoTime() >>> 10));
    }

    private static void requireEqual(long seed) {
        System.out.println("RandomQueryTest: seed " + seed + " (reproduce with -Dmillrace.seed=" + seed + ")");
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
