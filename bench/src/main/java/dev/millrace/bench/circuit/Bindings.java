package dev.millrace.bench.circuit;

import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.harness.Comparison;
import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Match;
import dev.millrace.bench.harness.Metric;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One changed row where a query runs for many values of its parameter, one of which it reaches; in turn a hundred of them, for rows that were not touched for long have to
 * come from memory, which is another cost than that of many values. Beside the same where it runs for one value.
 *
 * @param bindings how many values
 */
record Bindings(String name, int bindings) implements Workload {
    private static final int ACCOUNTS = 100_000;
    private static final int ROWS_PER_ACCOUNT = 10;
    private static final int STEPS = 50_000;
    private static final int REACHED = 100;

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Metric metric = new Metric(name, "steps/s", Comparison.RATIO, OptionalDouble.of(1 / 1.5));
        return new Match("1 binding", List.of(metric), steps(bindings, progress), steps(1, progress))
                .play(effort, progress);
    }

    private Contestant steps(int count, Progress progress) {
        Relation entries = Accounts.entries("entries", ACCOUNTS * ROWS_PER_ACCOUNT, ROWS_PER_ACCOUNT);
        LiveSql live = new LiveSql(List.of(entries));
        LiveSql.Input input = live.input(entries);
        entries.batches().forEach(input::append);
        live.step();
        LiveSql.Bound query = live.installForAll("SELECT id, amount FROM entries WHERE account = $1 AND amount >= 0");
        for (long account = 0; account < count; account++) {
            query.bind(Row.of(account));
        }
        live.step();
        long rows = query.size();
        return () -> {
            Times times = Times.of(STEPS, number -> {
                if (number % 2 == 0) {
                    input.insert(
                            Row.of((long) ACCOUNTS * ROWS_PER_ACCOUNT, number / 2L % Math.min(count, REACHED), 500L));
                } else {
                    input.delete(Row.of((long) ACCOUNTS * ROWS_PER_ACCOUNT));
                }
                live.step();
            });
            if (query.size() != rows) {
                throw new IllegalStateException("the result has " + query.size() + " rows");
            }
            progress.tell(String.format(
                    Locale.ROOT,
                    "%s: a step among %,d p50 %.2f µs, p99 %.2f µs",
                    name,
                    count,
                    times.medianMicros(),
                    times.tailMicros()));
            return new double[] {times.perSecond()};
        };
    }
}
