package dev.millrace.bench.circuit;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Statistics;
import dev.millrace.bench.harness.Trial;
import dev.millrace.delivery.Subscription;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import dev.millrace.testkit.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Who joins, through the public API: from the call until a subscriber is told a result of 100 rows, on its own thread. The rows come from a Postgres, which takes no part in it.
 *
 * @param limitMicros what was promised of it
 * @param how they join
 */
record Attach(String name, double limitMicros, Manner how) implements Workload {
    private static final int ACCOUNTS = 1_000;
    private static final int ROWS = 100;

    /** How somebody joins. */
    enum Manner {
        /** Subscribes to a query that runs. */
        SUBSCRIBER,
        /** Makes a query live for a value that nobody watches yet, while it runs for others, and subscribes to it. */
        BINDING
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        int times = Workload.sized(effort, 20_000, 5_000);
        try (PostgresServer server = PostgresServer.start();
                Millrace millrace = Millrace.inMemory()) {
            server.execute("CREATE TABLE entries (id int8 PRIMARY KEY, account int8, amount int8)");
            server.execute("INSERT INTO entries SELECT n, n %% %d, n * 7 %% 100 FROM generate_series(1, %d) AS n"
                    .formatted(ACCOUNTS, ACCOUNTS * ROWS));
            millrace.execute("CREATE SOURCE bench FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                    .formatted(server.jdbcUrl(), server.user(), server.password()));
            Promise promise = new Promise(name, "µs", Promise.Bound.AT_MOST, limitMicros);
            try (LiveQuery running = query(millrace, 0)) {
                Turns turns = switch (how) {
                    case SUBSCRIBER -> _ -> joinMicros(running, System.nanoTime());
                    case BINDING ->
                        number -> {
                            long start = System.nanoTime();
                            try (LiveQuery query = query(millrace, 1 + number % (ACCOUNTS - 1))) {
                                return joinMicros(query, start);
                            }
                        };
                };
                return new Trial(List.of(promise), () -> measure(turns, times, progress)).play(effort, progress);
            }
        }
    }

    /** What a turn took, in microseconds. */
    @FunctionalInterface
    private interface Turns {
        double take(int number) throws InterruptedException;
    }

    private static LiveQuery query(Millrace millrace, long account) {
        return millrace.live("SELECT id, amount FROM entries WHERE account = $1", account);
    }

    private double[] measure(Turns turns, int count, Progress progress) throws InterruptedException {
        double[] micros = new double[count];
        for (int number = 0; number < 2 * count; number++) {
            micros[number % count] = turns.take(number);
        }
        double median = Statistics.percentile(micros, 0.5);
        progress.tell(String.format(
                Locale.ROOT, "%s: p50 %.2f µs, p99 %.2f µs", name, median, Statistics.percentile(micros, 0.99)));
        return new double[] {median};
    }

    private static double joinMicros(LiveQuery query, long start) throws InterruptedException {
        FirstResult first = new FirstResult();
        try (Subscription _ = query.subscribe(first)) {
            return (first.nanos() - start) / 1e3;
        }
    }

    /** Notes when the first result came. */
    private static final class FirstResult implements Subscriber {
        private final CountDownLatch told = new CountDownLatch(1);
        private volatile long toldNanos;
        private volatile int rows;

        @Override
        public void initial(Message.Initial initial) {
            toldNanos = System.nanoTime();
            rows = initial.rows().size();
            told.countDown();
        }

        @Override
        public void changes(Message.Changes changes) {
            throw new IllegalStateException("nothing changes");
        }

        long nanos() throws InterruptedException {
            told.await();
            if (rows != ROWS) {
                throw new IllegalStateException("told " + rows + " rows");
            }
            return toldNanos;
        }
    }
}
