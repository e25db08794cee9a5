package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Heap;
import dev.millrace.bench.contest.Workload;
import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.harness.Promise;
import dev.millrace.bench.harness.Trial;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import java.util.List;
import java.util.stream.Stream;

/** The index that a join keeps of 5 M rows of four columns, ten a key: its memory, how long a row takes, and the collector's pauses. */
final class JoinIndex implements Workload {
    @Override
    public String name() {
        return "join-index";
    }

    @Override
    public List<Outcome> run(Effort effort, Progress progress) throws Exception {
        Query query = Queries.joinIndex(Workload.sized(effort, 5_000_000, 500_000));
        List<Promise> promises = List.of(
                new Promise(name() + "-memory", "bytes a row", Promise.Bound.AT_MOST, 36),
                new Promise(name() + "-build", "ns a row", Promise.Bound.AT_MOST, 150),
                new Promise(name() + "-pauses", "s", Promise.Bound.AT_MOST, 0.1));
        return new Trial(promises, () -> build(query)).play(effort, progress);
    }

    private static double[] build(Query query) {
        LiveSql live = new LiveSql(Stream.concat(query.dimensions().stream(), Stream.of(query.stream()))
                .toList());
        LiveSql.Input input = live.input(query.stream());
        LiveSql.Query result = live.install(query.sql());
        long bytesBefore = Heap.liveBytes();
        long pausesBefore = Heap.pauseMillis();
        long start = System.nanoTime();
        for (ColumnBatch batch : query.stream().batches()) {
            input.append(batch);
            live.step();
        }
        long nanos = System.nanoTime() - start;
        long pauses = Heap.pauseMillis() - pausesBefore;
        long bytes = Heap.liveBytes() - bytesBefore;
        // Asked for last, which also keeps all of it reachable until the heap was measured.
        if (result.size() != 0) {
            throw new IllegalStateException("lines of orders that there are not: " + result.size());
        }
        double rows = query.stream().rows();
        return new double[] {bytes / rows, nanos / rows, pauses / 1e3};
    }
}
