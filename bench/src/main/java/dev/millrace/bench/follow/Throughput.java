package dev.millrace.bench.follow;

import dev.millrace.bench.harness.Contestant;

/** One large transaction: rows per second between its commit and the moment the follower has seen all of it. */
record Throughput(ReadingsTable table, Follower.Opener opener, long rows) implements Contestant {
    @Override
    public double[] measure() throws Exception {
        table.truncate();
        try (Follower follower = opener.open()) {
            table.insert(1, rows);
            long start = System.nanoTime();
            table.commit();
            long nanos = follower.awaitRows(rows) - start;
            return new double[] {rows * 1e9 / nanos};
        }
    }
}
