package dev.millrace.dataflow.operator;

/**
 * Into how many shards the state of an operator is split whose input can be partitioned, and how they are worked on: those that a large change reaches side by side, those of a small one one after the other
 * on the caller's thread.
 *
 * @param threads that work on a large change, the caller's included
 * @param largeRows the fewest entries of a large change
 */
public record Sharding(int shards, int threads, int largeRows) {
    /** Not split. */
    public static final Sharding NONE = new Sharding(1, 1, Integer.MAX_VALUE);

    /** With fewer entries, waking the others costs more than they save. */
    public static final int LARGE_ROWS = 8192;

    private static final int MOST_SHARDS = 64;
    private static final int SHARDS_PER_THREAD = 2;
    private static final int SHARD_BITS = 8;
    private static final int SHARD_SHIFT = 12;

    public Sharding {
        if (shards < 1 || shards > MOST_SHARDS || threads < 1 || largeRows < 0) {
            throw new IllegalArgumentException("1 to " + MOST_SHARDS + " shards and at least one thread, not " + shards
                    + " and " + threads + ", large from " + largeRows + " rows on");
        }
    }

    /** A thread for each processor. */
    public static Sharding ofProcessors() {
        return ofThreads(Math.min(Runtime.getRuntime().availableProcessors(), MOST_SHARDS / SHARDS_PER_THREAD));
    }

    /** More shards than threads, so that who is done sooner takes more of them. */
    public static Sharding ofThreads(int threads) {
        return threads == 1 ? NONE : new Sharding(threads * SHARDS_PER_THREAD, threads, LARGE_ROWS);
    }

    Workers workers() {
        return Workers.of(threads);
    }

    /**
     * The shard of a key with this hash. It is chosen by bits in the middle: a shard's tables choose segments by the upper ones and slots by the lower ones, and are to use all they have.
     */
    int shard(int hash) {
        return (((hash >>> SHARD_SHIFT) & ((1 << SHARD_BITS) - 1)) * shards) >>> SHARD_BITS;
    }
}
