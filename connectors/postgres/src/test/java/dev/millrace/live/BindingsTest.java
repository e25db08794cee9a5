package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.RandomWorkload;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queries with parameters: one circuit for all values, each with the result that Postgres gives for its values, while others write. */
@Tag("N-2")
class BindingsTest {
    private static final long SEED = 11;
    private static final int MAX_VALUE = 6;
    /** Each with one int4 parameter, or two. */
    private static final List<String> QUERIES = List.of(
            "SELECT * FROM r WHERE a = $1",
            "SELECT count(*) AS n, sum(n) AS total FROM r WHERE a = $1",
            "SELECT r.id, s.m FROM r JOIN s ON s.r_id = r.id WHERE r.a = $1",
            "SELECT r.b, count(*) AS n, sum(s.m) AS total FROM r JOIN s ON s.r_id = r.id WHERE r.a = $1 GROUP BY r.b",
            "SELECT id, n FROM r WHERE a = $1 ORDER BY n DESC, id LIMIT 2",
            "SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY a ORDER BY n, id) AS place FROM r) x WHERE place <= 2 AND a = $1",
            "SELECT s.id, s.part FROM s WHERE s.r_id IN (SELECT id FROM r WHERE a = $1)",
            "SELECT id FROM r WHERE a = $1 AND NOT EXISTS (SELECT 1 FROM s WHERE s.r_id = r.id)",
            "SELECT id, a FROM r WHERE a = $1 AND id > $2",
            "SELECT id FROM r WHERE a = $1 UNION ALL SELECT r_id FROM s WHERE r_id = $2",
            "SELECT id FROM r WHERE a = $1 AND NOT EXISTS (SELECT 1 FROM s WHERE s.r_id = r.id AND s.part > $2)",
            "SELECT id FROM r WHERE a > $1",
            "SELECT id, n FROM r WHERE a <> $1 ORDER BY n DESC, id LIMIT $2::int",
            "SELECT id, n FROM (SELECT * FROM r ORDER BY id LIMIT 9 OFFSET $1) AS x ORDER BY n, id LIMIT $2");

    /** So many of them, the last, have a circuit for each binding. */
    private static final int APART = 4;

    private static PostgresServer server;
    private static SnapshotOracle oracle;
    private Millrace db;
    private Workload workload;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
        RandomWorkload.create(server, SEED);
        oracle = SnapshotOracle.open(server);
    }

    @AfterAll
    static void stopServer() {
        oracle.close();
        server.close();
    }

    @BeforeEach
    void open() {
        db = Millrace.inMemory();
        db.execute(Watched.createSource(server));
        workload = RandomWorkload.start(server, 3, 300, SEED);
    }

    @AfterEach
    void close() {
        workload.close();
        db.close();
    }

    /** A binding that is watched, and the query that gives the same without parameters. */
    private static final class Bound implements AutoCloseable {
        private final String inlined;
        private final LiveQuery query;
        private final LiveHistory history = new LiveHistory();

        Bound(Millrace db, String sql, @Nullable Integer first, int second) {
            this.inlined = sql.replace("$1", String.valueOf(first)).replace("$2", String.valueOf(second));
            this.query = sql.contains("$2")
                    ? db.live(sql, first, second)
                    : sql.contains("$1") ? db.live(sql, first) : db.live(sql);
            query.subscribe(history);
        }

        @Override
        public void close() {
            query.close();
            history.close();
        }
    }

    private static void compare(List<Bound> bound) {
        SnapshotOracle.Snapshot expected =
                oracle.snapshot(bound.stream().map(one -> one.inlined).toList());
        for (int i = 0; i < bound.size(); i++) {
            Bound one = bound.get(i);
            one.history.awaitPast(expected.position(), Watched.PATIENCE);
            try {
                Watched.assertSame(expected.results().get(i), one.history.at(expected.position()));
            } catch (AssertionError e) {
                throw new AssertionError("at " + expected.position() + " " + one.inlined + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void parameters_may_stand_in_what_nobody_reads() {
        try (Bound bound = new Bound(db, "WITH unread AS (SELECT $1::int2 AS x FROM r) SELECT sum(n) FROM r", 1, 0)) {
            compare(List.of(bound));
        }
    }

    @Test
    void bindings_that_come_and_go_have_the_results_of_their_values() {
        Random random = new Random(SEED);
        List<Bound> bound = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            for (String sql : QUERIES) {
                if (random.nextInt(3) > 0) {
                    Integer value = random.nextInt(10) == 0 ? null : random.nextInt(MAX_VALUE);
                    bound.add(new Bound(db, sql, value, random.nextInt(MAX_VALUE)));
                }
            }
            while (bound.size() > 30) {
                bound.remove(random.nextInt(bound.size())).close();
            }
            workload.awaitTransactions(workload.transactions() + 15, Watched.PATIENCE);
            compare(bound);
        }
        bound.forEach(Bound::close);
        assertEquals(0, db.operatorCount());
    }

    @Test
    void bindings_share_all_operators_and_equal_values_share_their_binding() {
        for (String sql : QUERIES.subList(0, QUERIES.size() - APART)) {
            List<Bound> bound = new ArrayList<>();
            bound.add(new Bound(db, sql, 0, 0));
            int operators = db.operatorCount();
            for (int i = 0; i < 10; i++) {
                bound.add(new Bound(db, sql, i / 2, 1));
                assertEquals(operators, db.operatorCount(), sql);
            }
            compare(bound);
            bound.forEach(Bound::close);
            assertEquals(0, db.operatorCount(), sql);
        }
    }

    @Test
    @Tag("L-5")
    void racing_first_subscribers_of_a_binding_end_on_one_state() throws Exception {
        int racers = 6;
        String sql = QUERIES.get(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            for (int round = 0; round < 5; round++) {
                CyclicBarrier start = new CyclicBarrier(racers);
                int value = round;
                List<Future<Bound>> futures = new ArrayList<>();
                for (int i = 0; i < racers; i++) {
                    Callable<Bound> racer = () -> {
                        start.await();
                        return new Bound(db, sql, value, 0);
                    };
                    futures.add(threads.submit(racer));
                }
                List<Bound> bound = new ArrayList<>();
                for (Future<Bound> future : futures) {
                    bound.add(future.get());
                }
                workload.awaitTransactions(workload.transactions() + 20, Watched.PATIENCE);
                compare(bound);
                bound.forEach(Bound::close);
                assertEquals(0, db.operatorCount());
            }
        }
    }

    @Test
    void clients_that_inline_their_own_values_share_one_circuit() {
        List<LiveQuery> clients = new ArrayList<>();
        List<Bound> watched = new ArrayList<>();
        int operators = 0;
        for (int i = 0; i < 500; i++) {
            String sql = "SELECT r.id, s.m FROM r JOIN s ON s.r_id = r.id WHERE r.a = " + i;
            clients.add(db.live(sql));
            if (i % 100 == 0) {
                watched.add(new Bound(db, sql, 0, 0));
            }
            if (i == 1) {
                operators = db.operatorCount();
            }
        }
        assertEquals(operators, db.operatorCount());
        compare(watched);
        clients.forEach(LiveQuery::close);
        watched.forEach(Bound::close);
        assertEquals(0, db.operatorCount());
    }

    @Test
    void query_of_one_constant_alone_keeps_its_filter() {
        try (LiveQuery alone = db.live("SELECT id FROM r WHERE a = 1")) {
            assertTrue(alone.current().consistent());
            int operators = db.operatorCount();
            try (LiveQuery same = db.live("SELECT r.id FROM r WHERE r.a = 1")) {
                assertEquals(operators, db.operatorCount());
                assertEquals(alone.schema(), same.schema());
            }
        }
    }

    @Test
    void null_matches_nothing_and_an_aggregate_over_nothing_is_a_row() {
        assertEquals(
                0,
                db.query("SELECT id FROM r WHERE a = $1", new Object[] {null})
                        .rows()
                        .size());
        assertEquals(
                0L,
                db.query("SELECT count(*) FROM r WHERE a = $1", -5)
                        .rows()
                        .getFirst()
                        .get(0));
    }

    @Test
    void wrong_arguments_are_refused_and_leave_nothing() {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> db.live("SELECT id FROM r WHERE a = $1"));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> db.live("SELECT id FROM r WHERE a = 1", 1));
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> db.live("SELECT id FROM r WHERE a = $1", 1.5));
        assertRefused(ErrorCode.DATA_ERROR, () -> db.live("SELECT id FROM r WHERE a = 1 / $1", 0));
        assertEquals(0, db.operatorCount());
    }

    private static void assertRefused(ErrorCode code, Callable<LiveQuery> query) {
        assertEquals(code, assertThrows(MillraceException.class, query::call).code());
    }

    @Test
    void explain_says_how_bindings_run() {
        assertEquals(
                List.of(
                        "one circuit for all bindings",
                        "project id, binding",
                        "  inner join on a = $1",
                        "    table pg:public.r",
                        "    table bindings"),
                plan("EXPLAIN SELECT id FROM r WHERE a = $1"));
        assertEquals(
                "a circuit for each binding: no condition is an equality of a column with a parameter",
                plan("EXPLAIN SELECT id FROM r WHERE a > $1").getFirst());
        List<String> circuit = plan("EXPLAIN CIRCUIT SELECT id FROM r WHERE a = $1", 1);
        assertTrue(circuit.toString().contains("bindings"), circuit::toString);
    }

    private List<String> plan(String explain, Object... arguments) {
        return db.query(explain, arguments).rows().stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    @Test
    @Tag("L-2")
    void a_change_costs_the_same_with_one_binding_and_with_many() {
        workload.close();
        String sql = "SELECT r.b, count(*) AS n FROM r JOIN s ON s.r_id = r.id WHERE r.a = $1 GROUP BY r.b";
        server.execute("INSERT INTO r VALUES (100000, 77, 'x', 1, 1)");
        long one = costOfAChange(sql, 1);
        long many = costOfAChange(sql, 1_000);
        assertTrue(one > 0);
        assertEquals(one, many);
    }

    private long costOfAChange(String sql, int bindings) {
        List<LiveQuery> others = new ArrayList<>();
        for (int i = 1; i < bindings; i++) {
            others.add(db.live(sql, 1_000 + i));
        }
        try (Bound bound = new Bound(db, sql, 77, 0)) {
            long before = db.rowsTouched();
            server.execute("INSERT INTO s VALUES (900000, 1, 100000, true, 1, now())");
            compare(List.of(bound));
            long cost = db.rowsTouched() - before;
            server.execute("DELETE FROM s WHERE id = 900000");
            compare(Arrays.asList(bound));
            return cost;
        } finally {
            others.forEach(LiveQuery::close);
        }
    }
}
