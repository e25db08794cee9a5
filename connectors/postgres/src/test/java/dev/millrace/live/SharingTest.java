package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.RandomWorkload;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queries that come, share and go while three writers write. Every history checks that nothing is missed and nothing told twice. */
class SharingTest {
    private static final long SEED = 7;
    private static final String GROUPED =
            "SELECT r.a, count(*) AS n, sum(s.m) AS total FROM r JOIN s ON s.r_id = r.id GROUP BY r.a";
    private static final String SAME_OTHERWISE_WRITTEN =
            "select x.a, COUNT(*) AS n, SUM(y.m) AS total from r x join s y on y.r_id = x.id group by x.a";
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

    @Test
    @Tag("L-4")
    void late_subscriber_sees_current_view_then_every_change() {
        try (Watched early = new Watched(db, List.of(GROUPED))) {
            int operators = db.operatorCount();
            for (int i = 0; i < 10; i++) {
                workload.awaitTransactions(workload.transactions() + 20, Watched.PATIENCE);
                try (Watched late = new Watched(db, List.of(SAME_OTHERWISE_WRITTEN))) {
                    assertEquals(operators, db.operatorCount(), "the late query shares all operators");
                    workload.awaitTransactions(workload.transactions() + 20, Watched.PATIENCE);
                    late.compare(oracle);
                }
                early.compare(oracle);
            }
        }
    }

    @Test
    @Tag("L-4")
    void second_subscriber_of_one_query_starts_from_its_current_result() {
        try (LiveQuery query = db.live(GROUPED)) {
            List<LiveHistory> histories = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                LiveHistory history = new LiveHistory();
                query.subscribe(history);
                histories.add(history);
                workload.awaitTransactions(workload.transactions() + 5, Watched.PATIENCE);
            }
            SnapshotOracle.Snapshot expected = oracle.snapshot(List.of(GROUPED));
            for (LiveHistory history : histories) {
                history.awaitPast(expected.position(), Watched.PATIENCE);
                Watched.assertSame(expected.results().getFirst(), history.at(expected.position()));
            }
        }
    }

    @Test
    @Tag("L-5")
    void racing_first_subscribers_end_on_one_state() throws Exception {
        int racers = 6;
        int operators;
        try (LiveQuery alone = db.live(GROUPED)) {
            operators = db.operatorCount();
            assertTrue(alone.current().consistent());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
            for (int round = 0; round < 5; round++) {
                CyclicBarrier start = new CyclicBarrier(racers);
                Callable<Watched> racer = () -> {
                    start.await();
                    return new Watched(db, List.of(GROUPED));
                };
                List<Future<Watched>> futures = new ArrayList<>();
                for (int i = 0; i < racers; i++) {
                    futures.add(threads.submit(racer));
                }
                List<Watched> watched = new ArrayList<>();
                for (Future<Watched> future : futures) {
                    watched.add(future.get());
                }
                assertEquals(operators, db.operatorCount(), "one set of operators for all");
                workload.awaitTransactions(workload.transactions() + 30, Watched.PATIENCE);
                watched.forEach(one -> one.compare(oracle));
                watched.forEach(Watched::close);
                assertEquals(0, db.operatorCount());
            }
        }
    }

    @Test
    @Tag("L-6")
    void last_release_frees_operators_and_what_the_server_keeps_for_them() {
        for (int i = 0; i < 5; i++) {
            LiveQuery first = db.live(GROUPED);
            LiveQuery second = db.live(SAME_OTHERWISE_WRITTEN);
            first.close();
            assertTrue(db.operatorCount() > 0, "the second still runs");
            LiveHistory history = new LiveHistory();
            second.subscribe(history);
            SnapshotOracle.Snapshot expected = oracle.snapshot(List.of(GROUPED));
            history.awaitPast(expected.position(), Watched.PATIENCE);
            Watched.assertSame(expected.results().getFirst(), history.at(expected.position()));
            second.close();
            assertEquals(0, db.operatorCount());
        }
        db.close();
        assertEquals(0, count("SELECT count(*) FROM pg_replication_slots WHERE NOT temporary"));
        assertEquals(0, count("SELECT count(*) FROM pg_publication"));
    }

    @Test
    @Tag("L-1")
    void one_shot_query_is_answered_and_leaves_nothing_behind() {
        try (LiveQuery other = db.live("SELECT id FROM r")) {
            int operators = db.operatorCount();
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        1,
                        db.query("SELECT count(*) FROM r JOIN s ON s.r_id = r.id")
                                .rows()
                                .size());
                assertEquals(operators, db.operatorCount());
            }
            assertTrue(other.current().consistent());
        }
    }

    private static long count(String sql) {
        try (var connection = server.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
