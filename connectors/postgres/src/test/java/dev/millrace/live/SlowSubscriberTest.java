package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.message.Message;
import dev.millrace.testkit.LiveHistory;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.RandomWorkload;
import dev.millrace.testkit.SnapshotOracle;
import dev.millrace.testkit.Workload;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A subscriber that takes nothing for a long time holds up nobody, and is then told the exact sum of what it missed. */
@Tag("N-1")
class SlowSubscriberTest {
    private static final int MISSED_TRANSACTIONS = 1_500;
    private static final int MOST_CHANGE_SETS = 600;
    private static final String QUERY = "SELECT id, a, b FROM r";

    @Test
    void what_a_slow_subscriber_missed_is_added_up() {
        CountDownLatch resumed = new CountDownLatch(1);
        AtomicInteger changeSets = new AtomicInteger();
        LiveHistory slow = new LiveHistory(message -> {
            if (message instanceof Message.Initial) {
                await(resumed);
            } else if (message instanceof Message.Changes) {
                changeSets.incrementAndGet();
            }
        });
        try (PostgresServer server = PostgresServer.start();
                Millrace db = Millrace.inMemory();
                SnapshotOracle oracle = SnapshotOracle.open(server)) {
            RandomWorkload.create(server, 5);
            db.execute(Watched.createSource(server));
            try (LiveQuery query = db.live(QUERY);
                    Watched quick = new Watched(db, List.of(QUERY));
                    Workload workload = RandomWorkload.start(server, 3, Double.POSITIVE_INFINITY, 5)) {
                query.subscribe(slow);
                workload.awaitTransactions(MISSED_TRANSACTIONS, Watched.PATIENCE);
                workload.stop();
                quick.compare(oracle);
                resumed.countDown();
                SnapshotOracle.Snapshot expected = oracle.snapshot(List.of(QUERY));
                slow.awaitPast(expected.position(), Watched.PATIENCE);
                Watched.assertSame(expected.results().getFirst(), slow.at(expected.position()));
                assertTrue(changeSets.get() < MOST_CHANGE_SETS, changeSets + " change sets were told one by one");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
