package dev.millrace.dataflow.window;

import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.index.OrderedIndex;

/** Reads one partition's entries by their ranks; those that follow each other in O(1), others in O(log n). */
final class Ranks {
    private final OrderedCursor cursor;
    private int group;
    private long size;
    private long current;

    Ranks(OrderedIndex order) {
        this.cursor = order.cursor();
    }

    /** What is asked of entries. */
    interface Test {
        boolean test(int entry);
    }

    /** Turns to a partition as it is now. */
    void begin(PartitionChange change) {
        group = change.group();
        size = change.size();
        current = -1;
    }

    /** The entry of a rank that there is. */
    int at(long rank) {
        if (rank != current) {
            if (current >= 0 && rank == current + 1) {
                cursor.next();
            } else {
                cursor.seek(group, rank);
            }
            current = rank;
        }
        return cursor.position();
    }

    /** The first rank whose entry passes a test that all behind it pass too, or the size if none does. O(log n) from the hint's distance. */
    long first(Test test, long hint) {
        if (size == 0) {
            return 0;
        }
        long start = Math.clamp(hint, 0, size - 1);
        long failing;
        long passing;
        if (test.test(at(start))) {
            passing = start;
            failing = start - 1;
            for (long step = 2; failing >= 0 && test.test(at(failing)); step *= 2) {
                passing = failing;
                failing = Math.max(-1, passing - step);
            }
        } else {
            failing = start;
            passing = start + 1;
            for (long step = 2; passing < size && !test.test(at(passing)); step *= 2) {
                failing = passing;
                passing = Math.min(size, failing + step);
            }
        }
        while (passing - failing > 1) {
            long middle = (failing + passing) >>> 1;
            if (test.test(at(middle))) {
                passing = middle;
            } else {
                failing = middle;
            }
        }
        return passing;
    }
}
