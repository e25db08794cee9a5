package dev.millrace.bench.dataflow;

import dev.millrace.bench.dataflow.live.LiveSql;
import dev.millrace.bench.dataflow.rows.ColumnBatch;
import dev.millrace.bench.dataflow.rows.Query;
import dev.millrace.bench.dataflow.rows.Relation;
import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Progress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Millrace at a query: rows of the stream per second, one step for each batch. Tells for how long the collector stopped it.
 *
 * @param kept whether the result's rows are kept, or only its changes made
 */
record LiveContestant(Query query, boolean kept, Agreement agreement, Progress progress) implements Contestant {
    @Override
    public double[] measure() {
        System.gc();
        List<Relation> relations = Stream.concat(query.dimensions().stream(), Stream.of(query.stream()))
                .toList();
        LiveSql live = new LiveSql(relations);
        LiveSql.Query result = kept ? live.install(query.sql()) : live.installChanges(query.sql());
        for (Relation dimension : query.dimensions()) {
            dimension.batches().forEach(live.input(dimension)::append);
        }
        live.step();
        LiveSql.Input input = live.input(query.stream());
        long pausesBefore = Heap.pauseMillis();
        long start = System.nanoTime();
        for (ColumnBatch batch : query.stream().batches()) {
            input.append(batch);
            live.step();
        }
        long nanos = System.nanoTime() - start;
        long pauses = Heap.pauseMillis() - pausesBefore;
        progress.tell(query.name() + ": collector pauses of " + pauses + " ms in all");
        agreement.check("Millrace", result.size());
        return new double[] {query.stream().rows() * 1e9 / nanos};
    }
}
