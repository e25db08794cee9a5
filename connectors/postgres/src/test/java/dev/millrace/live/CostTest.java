package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.SnapshotOracle;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a transaction costs is counted in rows that operators touch, which no machine's mood changes. */
@Tag("L-2")
class CostTest {
    private static final List<String> QUERIES = List.of(
            "SELECT category, count(*) AS n, sum(value) AS total, max(value) AS top FROM events GROUP BY category",
            "SELECT e.id, c.name FROM events e JOIN categories c ON c.id = e.category WHERE e.value > 10",
            "SELECT category, total FROM (SELECT category, sum(value) AS total FROM events GROUP BY category) x"
                    + " ORDER BY total DESC, category LIMIT 8");

    @Test
    void one_inserted_row_costs_the_same_in_a_thousand_rows_and_in_a_hundred_thousand() {
        for (String query : QUERIES) {
            long small = costOfOneRow(query, 1_000);
            long large = costOfOneRow(query, 100_000);
            assertTrue(small > 0, "nothing was counted for " + query);
            assertEquals(small, large, "rows touched by one inserted row under " + query);
        }
    }

    private static long costOfOneRow(String query, int rows) {
        try (PostgresServer server = PostgresServer.start();
                SnapshotOracle oracle = SnapshotOracle.open(server)) {
            server.execute("CREATE TABLE categories (id int PRIMARY KEY, name text);"
                    + "CREATE TABLE events (id bigint PRIMARY KEY, category int, value int);"
                    + "INSERT INTO categories SELECT i, 'category ' || i FROM generate_series(0, 99) i;"
                    + "INSERT INTO events SELECT i, i % 100, i % 1000 FROM generate_series(1, " + rows + ") i;");
            try (Millrace db = Millrace.inMemory()) {
                db.execute(Watched.createSource(server));
                try (LiveQuery live = db.live(query)) {
                    LiveHistory history = new LiveHistory();
                    live.subscribe(history);
                    long before = db.rowsTouched();
                    server.execute("INSERT INTO events VALUES (0, 7, 500)");
                    SnapshotOracle.Snapshot expected = oracle.snapshot(List.of(query));
                    history.awaitPast(expected.position(), Watched.PATIENCE);
                    Watched.assertSame(expected.results().getFirst(), history.at(expected.position()));
                    return db.rowsTouched() - before;
                }
            }
        }
    }
}
