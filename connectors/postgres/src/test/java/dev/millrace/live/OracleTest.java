package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Millrace;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.RandomWorkload;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random transactions by concurrent writers; every live query equals Postgres at every LSN that is looked at. */
@Tag("L-2")
@Tag("L-7")
@Tag("N-4")
class OracleTest {
    private static final int TRANSACTIONS = 2_000;
    private static final int COMPARISONS = 200;
    private static final List<String> QUERIES = List.of(
            "SELECT id, a, b, n, f FROM r WHERE a > 2 OR b IS NULL",
            "SELECT r.id, r.b, s.id AS s_id, s.part, s.m FROM r JOIN s ON s.r_id = r.id WHERE s.m > 0",
            "SELECT r.id, s.part, s.m FROM r LEFT JOIN s ON s.r_id = r.id AND s.c",
            "SELECT r.id, r.b FROM r LEFT JOIN s ON s.r_id = r.id WHERE s.id IS NULL",
            "SELECT s.id, s.part, r.a FROM r RIGHT JOIN s ON s.r_id = r.id",
            "SELECT t.a, t.b, r.id FROM t FULL JOIN r ON r.a = t.a AND r.b = t.b",
            "SELECT r.a, count(*) AS n, sum(s.m) AS total, min(s.at), max(s.m), avg(s.m) FROM r JOIN s ON s.r_id = r.id"
                    + " JOIN t ON t.a = r.a GROUP BY r.a HAVING count(*) > 1",
            "SELECT b, count(*), count(a), sum(a), sum(n), avg(a), min(n), max(f), count(DISTINCT a) FROM r GROUP BY b",
            "SELECT count(*), sum(m), avg(n), max(d) FROM r, s, t WHERE r.id = s.r_id AND t.a = r.a",
            "WITH per_a AS (SELECT a, count(*) AS n, sum(m) AS total FROM r JOIN s ON s.r_id = r.id GROUP BY a)"
                    + " SELECT a, n, total FROM per_a ORDER BY total DESC, a LIMIT 3",
            "SELECT id, m FROM s ORDER BY m DESC NULLS LAST, id, part LIMIT 5 OFFSET 2",
            "SELECT DISTINCT a, b FROM t",
            "SELECT a FROM r UNION ALL SELECT a FROM t UNION ALL SELECT part FROM s",
            "SELECT b FROM r UNION SELECT b FROM t",
            "SELECT id FROM r WHERE a IN (SELECT a FROM t WHERE d > '2000-01-01')",
            "SELECT id FROM r WHERE a NOT IN (SELECT a FROM t WHERE b = 'red')",
            "SELECT id, (SELECT count(*) FROM s WHERE s.r_id = r.id) AS n FROM r",
            "SELECT id FROM r WHERE NOT EXISTS (SELECT 1 FROM s WHERE s.r_id = r.id AND s.c)",
            "SELECT u, count(*) FILTER (WHERE a > 3), bool_or(a > 6) FROM t GROUP BY u",
            "SELECT a * 2 + 1 AS x, n / 3, f * 2, coalesce(b, 'none'), CASE WHEN a > 3 THEN 'big' ELSE b END FROM r WHERE n <> 'NaN'");

    @Test
    void every_live_query_equals_postgres_at_each_lsn() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("OracleTest: seed " + seed + " (reproduce with -Dmillrace.seed=" + seed + ")");
        try (PostgresServer server = PostgresServer.start()) {
            RandomWorkload.create(server, seed);
            try (Millrace db = Millrace.inMemory();
                    SnapshotOracle oracle = SnapshotOracle.open(server)) {
                db.execute(Watched.createSource(server));
                try (Workload workload = RandomWorkload.start(server, 3, 400, seed);
                        Watched watched = new Watched(db, QUERIES)) {
                    for (int i = 0; i < COMPARISONS; i++) {
                        watched.compare(oracle);
                        workload.awaitTransactions((long) (i + 1) * TRANSACTIONS / COMPARISONS, Watched.PATIENCE);
                    }
                    workload.stop();
                    watched.compare(oracle);
                    assertTrue(workload.transactions() >= TRANSACTIONS, "transactions: " + workload.transactions());
                    assertTrue(workload.rollbacks() > 0, "no transaction was rolled back");
                }
            }
        }
    }
}
