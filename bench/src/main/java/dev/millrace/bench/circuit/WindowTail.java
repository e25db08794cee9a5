package dev.millrace.bench.circuit;

import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Trial;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Locale;

/**
 * One changed row at the end of a partition of 100,000 rows, under a window function.
 *
 * @param call the window function
 */
record WindowTail(String name, String call) implements Workload {
    private static final int ROWS = 100_000;
    private static final int STEPS = 20_000;

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Relation entries = Accounts.entries("entries", ROWS, ROWS);
        LiveSql live = new LiveSql(List.of(entries));
        LiveSql.Input input = live.input(entries);
        entries.batches().forEach(input::append);
        live.step();
        LiveSql.Query query = live.install(
                "SELECT id, amount, " + call + " OVER (PARTITION BY account ORDER BY id) AS result FROM entries");
        Promise promise = new Promise(name, "µs", Promise.Bound.AT_MOST, 20);
        return new Trial(List.of(promise), () -> measure(live, input, query, progress)).play(effort, progress);
    }

    private double[] measure(LiveSql live, LiveSql.Input input, LiveSql.Query query, Progress progress)
            throws Exception {
        Times times = Times.of(STEPS, number -> {
            if (number % 2 == 0) {
                input.insert(Row.of((long) ROWS, 0L, (long) number));
            } else {
                input.delete(Row.of((long) ROWS));
            }
            live.step();
        });
        if (query.size() != ROWS) {
            throw new IllegalStateException("the result has " + query.size() + " rows");
        }
        progress.tell(String.format(
                Locale.ROOT, "%s: p50 %.2f µs, p99 %.2f µs", name, times.medianMicros(), times.tailMicros()));
        return new double[] {times.medianMicros()};
    }
}
