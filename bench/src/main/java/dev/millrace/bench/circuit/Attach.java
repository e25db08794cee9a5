package dev.millrace.bench.circuit;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Trial;
import dev.millrace.delivery.Subscription;
import dev.millrace.message.Message;
import dev.millrace.message.Subscriber;
import dev.millrace.testkit.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A subscriber who joins a running query of 100 rows, through the public API: from the call until it has been told the result, on its own thread. The rows come
 * from a Postgres, which takes no part in it.
 */
final class Attach implements Workload {
    private static final int ROWS = 100;

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        int times = Workload.sized(effort, 20_000, 5_000);
        try (PostgresServer server = PostgresServer.start();
                Millrace millrace = Millrace.inMemory()) {
            server.execute("CREATE TABLE entries (id int8 PRIMARY KEY, account int8, amount int8)");
            server.execute("INSERT INTO entries SELECT n, n / 10, n * 7 %% 100 FROM generate_series(1, %d) AS n"
                    .formatted(ROWS));
            millrace.execute("CREATE SOURCE bench FROM POSTGRES (url = '%s', user = '%s', password = '%s')"
                    .formatted(server.jdbcUrl(), server.user(), server.password()));
            Promise promise = new Promise(name(), "µs", Promise.Bound.AT_MOST, 50);
            try (LiveQuery query = millrace.live("SELECT id, account, amount FROM entries")) {
                return new Trial(List.of(promise), () -> measure(query, times, progress)).play(effort, progress);
            }
        }
    }

    private double[] measure(LiveQuery query, int count, Progress progress) throws Exception {
        Times times = Times.of(count, number -> subscribe(query));
        progress.tell(String.format(
                Locale.ROOT, "%s: p50 %.2f µs, p99 %.2f µs", name(), times.medianMicros(), times.tailMicros()));
        return new double[] {times.medianMicros()};
    }

    private static void subscribe(LiveQuery query) throws InterruptedException {
        BlockingQueue<Integer> told = new ArrayBlockingQueue<>(1);
        Subscription subscription = query.subscribe(new FirstResult(told));
        try {
            int rows = told.take();
            if (rows != ROWS) {
                throw new IllegalStateException("told " + rows + " rows");
            }
        } finally {
            subscription.close();
        }
    }

    /** Tells how many rows the first result has. */
    private record FirstResult(BlockingQueue<Integer> told) implements Subscriber {
        @Override
        public void initial(Message.Initial initial) {
            told.add(initial.rows().size());
        }

        @Override
        public void changes(Message.Changes changes) {
            throw new IllegalStateException("nothing changes");
        }
    }
}
