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
import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * A millisecond that passes, in which one row of the last hour goes and one comes, under {@code at > now() - interval '1 hour'}. Beside the same where few rows wait for their hour to be over.
 *
 * @param waiting how many do
 */
record Expiry(String name, int waiting) implements Workload {
    private static final int FEW = 1_000;
    private static final int USERS = 1_000;
    private static final int STEPS = 50_000;
    private static final long HOUR = 3_600_000_000L;
    private static final long MILLISECOND = 1_000;

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Metric metric = new Metric(name, "steps/s", Comparison.RATIO, OptionalDouble.of(0.5));
        return new Match("1,000 waiting", List.of(metric), steps(waiting, progress), steps(FEW, progress))
                .play(effort, progress);
    }

    private Contestant steps(int count, Progress progress) {
        Relation events = events(count);
        LiveSql live = new LiveSql(List.of(events));
        LiveSql.Input input = live.input(events);
        events.batches().forEach(input::append);
        live.step(HOUR - MILLISECOND);
        LiveSql.Query query = live.install(
                "SELECT user_id, count(*) AS clicks FROM events WHERE at > now() - interval '1 hour' GROUP BY user_id");
        long[] next = {0};
        return () -> {
            Times times = Times.of(STEPS, number -> {
                long now = HOUR + next[0] * MILLISECOND;
                input.insert(Row.of(
                        count + next[0], (count + next[0]) % USERS, count * MILLISECOND + next[0] * MILLISECOND));
                live.step(now);
                next[0]++;
            });
            if (query.size() != Math.min(count, USERS)) {
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

    /** One a millisecond, from 1970 on. */
    private static Relation events(int count) {
        return new Relation(
                "events",
                List.of(
                        new Relation.Field("id", DataType.INT8),
                        new Relation.Field("user_id", DataType.INT8),
                        new Relation.Field("at", DataType.TIMESTAMPTZ)),
                List.of(0),
                List.of(new ColumnBatch(List.of(
                        new Column.Longs(LongStream.range(0, count).toArray()),
                        new Column.Longs(
                                LongStream.range(0, count).map(id -> id % USERS).toArray()),
                        new Column.Longs(LongStream.range(0, count)
                                .map(id -> id * MILLISECOND)
                                .toArray())))));
    }
}
