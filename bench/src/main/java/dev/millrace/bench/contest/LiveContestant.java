package dev.millrace.bench.contest;

import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Progress;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.Content;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import java.util.List;

/**
 * Millrace at a query: rows of the streams per second, one step for each batch. Tells for how long the collector stopped it.
 *
 * @param threads how many work on a batch
 * @param kept whether the result's rows are kept, or only its changes made
 */
public record LiveContestant(Query query, int threads, boolean kept, Agreement agreement, Progress progress)
        implements Contestant {
    public static final String NAME = "Millrace";

    /** One thread. */
    public LiveContestant(Query query, boolean kept, Agreement agreement, Progress progress) {
        this(query, 1, kept, agreement, progress);
    }

    /** What the result consists of, by a run that is not measured. */
    public Content content() {
        LiveSql live = new LiveSql(query.relations(), threads);
        LiveSql.Query result = live.install(query.sql());
        fillDimensions(query, live);
        run(query, live);
        return result.content();
    }

    @Override
    public double[] measure() {
        System.gc();
        LiveSql live = new LiveSql(query.relations(), threads);
        LiveSql.Query result = kept ? live.install(query.sql()) : live.installChanges(query.sql());
        fillDimensions(query, live);
        long pausesBefore = Heap.pauseMillis();
        long start = System.nanoTime();
        run(query, live);
        long nanos = System.nanoTime() - start;
        long pauses = Heap.pauseMillis() - pausesBefore;
        progress.tell(query.name() + ": collector pauses of " + pauses + " ms in all");
        agreement.check(NAME, result.size());
        return new double[] {query.rows() * 1e9 / nanos};
    }

    private static void fillDimensions(Query query, LiveSql live) {
        for (Relation dimension : query.dimensions()) {
            dimension.batches().forEach(live.input(dimension)::append);
        }
        live.step();
    }

    private static void run(Query query, LiveSql live) {
        List<LiveSql.Input> inputs = query.streams().stream().map(live::input).toList();
        for (int step = 0; step < query.steps(); step++) {
            for (int stream = 0; stream < inputs.size(); stream++) {
                inputs.get(stream).append(query.streams().get(stream).batches().get(step));
            }
            live.step();
        }
    }
}
