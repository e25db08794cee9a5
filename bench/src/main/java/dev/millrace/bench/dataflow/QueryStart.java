package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Statistics;
import dev.millrace.bench.harness.Trial;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import java.util.List;

/** From the text of a query that was never seen before to its first result, over a small table and in a process that has run a while. */
final class QueryStart implements Workload {
    private static final int ROWS = 1_000;

    /** Of each shape the constants differ, so that no two queries have anything to share. */
    private static final List<String> SHAPES = List.of(
            "SELECT id, category FROM products WHERE id > %d AND category LIKE 'category 1%%'",
            "SELECT product, COUNT(*) AS sold, SUM(amount) AS total FROM sales WHERE amount > %d GROUP BY product",
            "SELECT s.product, p.category FROM sales AS s JOIN products AS p ON s.product = p.id AND s.amount > %d",
            "SELECT p.category, SUM(s.amount + %d) AS total FROM sales AS s JOIN products AS p ON s.product = p.id"
                    + " GROUP BY p.category HAVING COUNT(*) > 1",
            "SELECT product, amount FROM sales WHERE amount <> %d ORDER BY amount DESC, product LIMIT 10");

    private int started;

    @Override
    public String name() {
        return "query-start";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query tables = Queries.joinSum(ROWS, ROWS / 10);
        Relation products = tables.dimensions().getFirst();
        Relation sales = tables.stream();
        LiveSql live = new LiveSql(List.of(products, sales));
        products.batches().forEach(live.input(products)::append);
        sales.batches().forEach(live.input(sales)::append);
        live.step();
        List<Promise> promises = List.of(
                new Promise(name() + "-p50", "ms", Promise.Bound.AT_MOST, 10),
                new Promise(name() + "-code-p50", "ms", Promise.Bound.AT_MOST, 0.5));
        int starts = Workload.sized(effort, 500, 100);
        return new Trial(promises, () -> medianMillis(live, starts)).play(effort, progress);
    }

    /** The whole time, and that of generating code. */
    private double[] medianMillis(LiveSql live, int starts) {
        double[] millis = new double[starts];
        double[] codeMillis = new double[starts];
        for (int i = 0; i < starts; i++) {
            String sql = String.format(SHAPES.get(started % SHAPES.size()), started);
            started++;
            long codeBefore = live.generationNanos();
            long start = System.nanoTime();
            LiveSql.Query query = live.install(sql);
            millis[i] = (System.nanoTime() - start) / 1e6;
            codeMillis[i] = (live.generationNanos() - codeBefore) / 1e6;
            query.close();
        }
        return new double[] {Statistics.percentile(millis, 0.5), Statistics.percentile(codeMillis, 0.5)};
    }
}
