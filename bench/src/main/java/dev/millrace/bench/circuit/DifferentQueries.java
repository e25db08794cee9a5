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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One changed row where one of many different live queries is reached, beside the same where there is no other query. The others are filters, joins and
 * aggregates with constants of their own, over tables that do not change.
 */
final class DifferentQueries implements Workload {
    private static final int OTHER_TABLES = 100;
    private static final int ROWS = 100;
    private static final int ROWS_PER_ACCOUNT = 10;
    private static final int STEPS = 20_000;
    private static final String REACHED =
            "SELECT account, COUNT(*) AS entries, SUM(amount) AS total FROM changing WHERE amount > 10 GROUP BY account";

    /** The first table, the second table, a constant. */
    private static final List<String> SHAPES = List.of(
            "SELECT id, amount FROM %1$s WHERE amount <> %3$d",
            "SELECT account, SUM(amount) AS total FROM %1$s WHERE id <> %3$d GROUP BY account",
            "SELECT a.id, b.amount FROM %1$s AS a JOIN %2$s AS b ON a.id = b.account AND a.amount > %3$d",
            "SELECT id, amount FROM %1$s WHERE account <> %3$d ORDER BY amount DESC, id LIMIT 10");

    @Override
    public String name() {
        return "different-queries";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        int queries = Workload.sized(effort, 10_000, 1_000);
        progress.tell(String.format(Locale.ROOT, "%s: installing %,d queries", name(), queries));
        Metric metric = new Metric(name(), "steps/s", Comparison.RATIO, OptionalDouble.of(0.5));
        return new Match("1 query", List.of(metric), steps(queries, progress), steps(1, progress))
                .play(effort, progress);
    }

    private Contestant steps(int queries, Progress progress) {
        List<Relation> tables = new ArrayList<>();
        Relation changing = Accounts.entries("changing", ROWS, ROWS_PER_ACCOUNT);
        tables.add(changing);
        for (int other = 0; other < OTHER_TABLES; other++) {
            tables.add(Accounts.entries("other" + other, ROWS, ROWS_PER_ACCOUNT));
        }
        LiveSql live = new LiveSql(tables);
        for (Relation table : tables) {
            table.batches().forEach(live.input(table)::append);
        }
        live.step();
        live.install(REACHED);
        for (int query = 1; query < queries; query++) {
            String shape = SHAPES.get(query % SHAPES.size());
            live.install(String.format(
                    Locale.ROOT, shape, "other" + query % OTHER_TABLES, "other" + (query + 1) % OTHER_TABLES, query));
        }
        LiveSql.Input input = live.input(changing);
        return () -> {
            Times times = Times.of(STEPS, number -> {
                if (number % 2 == 0) {
                    input.insert(Row.of((long) ROWS, number % 7L, 500L));
                } else {
                    input.delete(Row.of((long) ROWS));
                }
                live.step();
            });
            progress.tell(String.format(
                    Locale.ROOT,
                    "%s: a step among %,d p50 %.2f µs, p99 %.2f µs",
                    name(),
                    queries,
                    times.medianMicros(),
                    times.tailMicros()));
            return new double[] {times.perSecond()};
        };
    }
}
