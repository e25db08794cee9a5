package dev.millrace.bench.tpch;

import dev.millrace.testkit.tpch.Refreshes;

/** Refreshes that insert and delete by turns, each when the one before has been seen. */
final class Turns {
    private static final int ROWS = 1_000;
    private static final int REFRESHES = 4;

    private Turns() {}

    /** Whoever follows. */
    @FunctionalInterface
    interface Follower {
        /**
         * Waits until a refresh has been seen.
         *
         * @param number how many there were before it
         * @param rows how many more rows there are than before the first
         */
        void await(int number, long rows) throws Exception;
    }

    /** How many refreshes there would be in a second if a refresh took only the time from when its commit has returned until it is seen. */
    static double[] perSecond(Refreshes refreshes, Follower follower) throws Exception {
        long nanos = 0;
        long rows = 0;
        for (int number = 0; number < REFRESHES; number++) {
            rows += number % 2 == 0 ? refreshes.insert(ROWS) : -refreshes.delete(ROWS);
            long start = System.nanoTime();
            follower.await(number, rows);
            nanos += System.nanoTime() - start;
        }
        return perSecond(nanos);
    }

    /** The same of what takes as long for all of them. */
    static double[] perSecond(long nanos) {
        return new double[] {REFRESHES * 1e9 / nanos};
    }

    /** How often something is done that is compared with refreshes. */
    static int count() {
        return REFRESHES;
    }
}
