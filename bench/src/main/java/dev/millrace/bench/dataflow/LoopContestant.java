package dev.millrace.bench.dataflow;

import dev.millrace.bench.contest.Agreement;
import dev.millrace.bench.dataflow.loop.GroupByLoop;
import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;

/** The loop written by hand, at {@link dev.millrace.bench.dataflow.query.Queries#groupBy}: rows per second. */
record LoopContestant(Query query, int groups, Agreement agreement) implements Contestant {
    static final String NAME = "a loop";

    @Override
    public double[] measure() {
        System.gc();
        GroupByLoop loop = new GroupByLoop(groups);
        long start = System.nanoTime();
        for (ColumnBatch batch : query.stream().batches()) {
            loop.step(batch);
        }
        long nanos = System.nanoTime() - start;
        agreement.check(NAME, loop.size());
        return new double[] {query.stream().rows() * 1e9 / nanos};
    }
}
