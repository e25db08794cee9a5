package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Millrace;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.Shop;
import dev.millrace.testkit.SnapshotOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void five_views_of_a_busy_shop_are_what_postgres_itself_answers() {
        Run run = Run.of("demo", "--seconds=3", "--plain", "--check", "--seed=1");
        assertEquals(0, run.exitCode(), run.out() + run.err());
        Matcher check =
                Pattern.compile("check: 5 of 5 views equal, (\\d+) comparisons").matcher(run.out());
        assertTrue(check.find(), run.out());
        assertTrue(Integer.parseInt(check.group(1)) >= 15, run.out());
        assertTrue(run.out().contains("   2 s  "), run.out());
    }

    @Test
    void every_query_of_the_demo_has_rows_from_the_start() {
        try (PostgresServer server = PostgresServer.start();
                SnapshotOracle oracle = SnapshotOracle.open(server)) {
            Shop.create(server);
            var queries = Arrays.stream(DemoQuery.values()).map(DemoQuery::sql).toList();
            oracle.snapshot(queries).results().forEach(rows -> assertFalse(rows.isEmpty()));
        }
    }

    @Test
    void a_view_that_is_not_what_postgres_answers_is_found_and_shown() {
        try (PostgresServer server = PostgresServer.start();
                Millrace millrace = Millrace.inMemory()) {
            Shop.create(server);
            millrace.execute(ServerOptions.createSource("shop", server.jdbcUrl(), server.user(), Optional.empty()));
            String wrong = DemoQuery.IDLE_CUSTOMERS.sql() + " AND c.id <> 7";
            server.execute("UPDATE orders SET status = 'shipped' WHERE customer_id = 7");
            try (DemoView view = new DemoView(DemoQuery.IDLE_CUSTOMERS, millrace.live(wrong), changes -> {});
                    DemoCheck check = new DemoCheck(server, List.of(view), true)) {
                check.compare();
                assertFalse(check.isEqual());
                String report = check.report().orElseThrow();
                assertTrue(report.startsWith("check: 0 of 1 views equal, 1 comparisons\n"), report);
                assertTrue(report.contains("missing    (7, 'Customer 7', "), report);
            }
        }
    }
}
