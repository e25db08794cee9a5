package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        Shop.create(server);
        RandomWorkload.create(server, 42);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_shop_is_busy_in_every_table_and_consistent() throws SQLException {
        long[] before = writes();
        try (Workload shop = ShopWorkload.start(server, Double.POSITIVE_INFINITY, 7)) {
            shop.awaitTransactions(400, Duration.ofSeconds(60));
            shop.stop();
            assertTrue(shop.transactions() >= 400);
            assertTrue(shop.rowChanges() > shop.transactions());
            assertTrue(shop.rollbacks() > 0);
        }
        long[] after = writes();
        for (int i = 0; i < before.length; i++) {
            assertTrue(after[i] > before[i], "kind of write number " + i);
        }
        assertEquals(0, number("SELECT count(*) FROM products WHERE stock < 0"));
        assertEquals(
                0,
                number(
                        "SELECT count(*) FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL"));
        assertTrue(number("SELECT count(*) FROM orders WHERE status = 'cancelled'") > 0);
        assertTrue(number("SELECT count(*) FROM products WHERE category_id IS NULL") > 0);
    }

    @Test
    void the_same_seed_writes_the_same_rows() throws SQLException {
        String contents =
                "SELECT md5(string_agg(x::text, ';' ORDER BY x::text)) FROM (SELECT r::text x FROM r UNION ALL SELECT t::text FROM t) y";
        server.execute("TRUNCATE r, s, t; DROP TABLE r, s, t");
        RandomWorkload.create(server, 5);
        String first = text(contents);
        server.execute("DROP TABLE r, s, t");
        RandomWorkload.create(server, 5);
        assertEquals(first, text(contents));
    }

    @Test
    void random_writers_run_into_each_other_and_carry_on() throws SQLException {
        try (Workload random = RandomWorkload.start(server, 4, Double.POSITIVE_INFINITY, 11)) {
            random.awaitTransactions(1500, Duration.ofSeconds(60));
            random.stop();
            assertTrue(random.rollbacks() > 0);
            assertTrue(random.rowChanges() > 1500);
        }
        assertTrue(number("SELECT count(*) FROM r JOIN s ON s.r_id = r.id") > 0);
        assertTrue(number("SELECT count(*) - count(DISTINCT t::text) FROM t") > 0, "equal rows in t");
    }

    @Test
    void keeps_to_its_rate() {
        try (Workload slow = RandomWorkload.start(server, 2, 50, 1)) {
            long start = System.nanoTime();
            slow.awaitTransactions(40, Duration.ofSeconds(30));
            assertTrue(System.nanoTime() - start > 300_000_000L, "40 transactions at 50 a second take about 0.8 s");
        }
    }

    @Test
    void a_failed_writer_is_reported_to_who_waits_and_who_stops() {
        Workload failing = Workload.start(server, 1, Double.POSITIVE_INFINITY, 1, (connection, random) -> {
            throw new SQLException("out of order");
        });
        var waiting = assertThrows(MillraceException.class, () -> failing.awaitTransactions(1, Duration.ofSeconds(30)));
        assertTrue(waiting.getMessage().contains("out of order"));
        assertThrows(MillraceException.class, failing::close);
    }

    @Test
    void a_transaction_that_lost_is_not_the_end() {
        try (Workload losing = Workload.start(server, 1, Double.POSITIVE_INFINITY, 1, (connection, random) -> {
            if (random.nextBoolean()) {
                throw new SQLException("deadlock detected", "40P01");
            }
            return new Workload.Outcome(true, 0);
        })) {
            losing.awaitTransactions(20, Duration.ofSeconds(30));
            assertTrue(losing.retries() > 0);
        }
    }

    private static long[] writes() throws SQLException {
        return new long[] {
            writes("orders", "ins"),
            writes("orders", "upd"),
            writes("orders", "del"),
            writes("order_items", "ins"),
            writes("order_items", "del"),
            writes("products", "upd"),
            writes("customers", "upd")
        };
    }

    private static long writes(String table, String kind) throws SQLException {
        server.execute("SELECT pg_stat_force_next_flush()");
        return number("SELECT n_tup_%s FROM pg_stat_user_tables WHERE relname = '%s'".formatted(kind, table));
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
