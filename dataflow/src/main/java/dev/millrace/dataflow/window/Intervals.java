package dev.millrace.dataflow.window;

import java.util.Arrays;

/** Ranges of ranks that do not touch, ascending: gathered from ranges whose ends ascend, or nearly so. */
final class Intervals {
    private long[] from = new long[8];
    private long[] to = new long[8];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    long from(int index) {
        return from[index];
    }

    long to(int index) {
        return to[index];
    }

    void add(long first, long behind) {
        if (first >= behind) {
            return;
        }
        long start = first;
        long end = behind;
        while (count > 0 && to[count - 1] >= start) {
            count--;
            start = Math.min(start, from[count]);
            end = Math.max(end, to[count]);
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        from[count] = start;
        to[count++] = end;
    }
}
