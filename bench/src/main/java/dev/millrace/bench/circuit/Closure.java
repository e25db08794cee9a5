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
import java.util.SplittableRandom;

/**
 * The transitive closure of 10,000 edges, where an edge is deleted and inserted again, beside computing it anew: the same query installed over the same edges.
 * They are a random tree, in which a node hangs on any of those before it, and as many as a tenth of them more, of which every tenth leads back and makes a circle.
 */
final class Closure implements Workload {
    private static final long SEED = 20_261_121;
    private static final int EDGES = 10_000;
    private static final int MORE = EDGES / 10;
    private static final int BACK = 10;
    private static final int STEPS = 500;
    private static final String CLOSURE = """
            WITH RECURSIVE reach (source, target) AS (
                SELECT source, target FROM edges
                UNION
                SELECT r.source, e.target FROM reach AS r JOIN edges AS e ON r.target = e.source)
            SELECT source, target FROM reach""";

    @Override
    public String name() {
        return "closure";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Metric metric = new Metric(name(), "results/s", Comparison.RATIO, OptionalDouble.of(1 / 0.05));
        Relation edges = edges();
        return new Match("recomputation", List.of(metric), changes(edges, progress), recomputation(edges))
                .play(effort, progress);
    }

    private static Contestant recomputation(Relation edges) {
        LiveSql live = filled(edges);
        return () -> {
            long start = System.nanoTime();
            LiveSql.Query query = live.install(CLOSURE);
            double seconds = (System.nanoTime() - start) / 1e9;
            query.close();
            return new double[] {1 / seconds};
        };
    }

    private Contestant changes(Relation edges, Progress progress) {
        LiveSql live = filled(edges);
        LiveSql.Query query = live.install(CLOSURE);
        progress.tell(String.format(Locale.ROOT, "%s: %,d pairs", name(), query.size()));
        LiveSql.Input input = live.input(edges);
        ColumnBatch batch = edges.batches().getFirst();
        SplittableRandom random = new SplittableRandom(SEED);
        int[] edge = new int[1];
        return () -> {
            long pairs = query.size();
            Times times = Times.of(STEPS, number -> {
                if (number % 2 == 0) {
                    edge[0] = random.nextInt(EDGES);
                    input.delete(Row.of((long) edge[0]));
                } else {
                    input.insert(Row.of((long) edge[0], batch.longs(1)[edge[0]], batch.longs(2)[edge[0]]));
                }
                live.step();
            });
            if (query.size() != pairs) {
                throw new IllegalStateException("there were " + pairs + " pairs, and now " + query.size());
            }
            progress.tell(String.format(
                    Locale.ROOT,
                    "%s: an edge on average %.2f µs, p50 %.2f µs, p99 %.2f µs",
                    name(),
                    times.meanMicros(),
                    times.medianMicros(),
                    times.tailMicros()));
            // On average: edges near the root are few, and reach the most.
            return new double[] {1e6 / times.meanMicros()};
        };
    }

    private static LiveSql filled(Relation edges) {
        LiveSql live = new LiveSql(List.of(edges));
        edges.batches().forEach(live.input(edges)::append);
        live.step();
        return live;
    }

    private static Relation edges() {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] ids = new long[EDGES];
        long[] sources = new long[EDGES];
        long[] targets = new long[EDGES];
        int nodes = EDGES - MORE;
        for (int edge = 0; edge < EDGES; edge++) {
            ids[edge] = edge;
            boolean ofTree = edge < nodes;
            int later = ofTree ? edge + 1 : 1 + random.nextInt(nodes);
            int earlier = random.nextInt(later);
            boolean back = !ofTree && edge % BACK == 0;
            sources[edge] = back ? later : earlier;
            targets[edge] = back ? earlier : later;
        }
        return new Relation(
                "edges",
                List.of(
                        new Relation.Field("id", DataType.INT8),
                        new Relation.Field("source", DataType.INT8),
                        new Relation.Field("target", DataType.INT8)),
                List.of(0),
                List.of(new ColumnBatch(
                        List.of(new Column.Longs(ids), new Column.Longs(sources), new Column.Longs(targets)))));
    }
}
