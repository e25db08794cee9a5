package dev.millrace.dataflow.window;

import java.util.Arrays;

/**
 * Calls whose value for a row follows from what was known of the row before and from what its frame has more and less than that one's.
 *
 * <p>A change reaches rows through their {@linkplain Frame frames}. Of frames that start with the partition those are all rows from one on; they are walked until one comes whose
 * frame has the change and of which nothing else is known than before. Of frames that end with the partition those are all rows up to one, and they are walked backward, likewise. Of other
 * frames they are a range. If the frame is the partition, what is known of one row that was there before, and the change, say what is to be known of all.
 */
abstract class FrameWalk extends Evaluator {
    final Frame frame;
    private final Intervals reached = new Intervals();
    /** For each change the first row to be walked. */
    private long[] starts = new long[8];

    FrameWalk(Frame frame, WindowRows rows) {
        super(rows);
        this.frame = frame;
    }

    /** Takes up what is known of a row, whose frame is from one rank to before another. */
    abstract void resume(int entry, long start, long end);

    /** Begins with an empty frame, of which nothing is known. */
    abstract void restart();

    /** Goes on to a row, the next in the direction of the walk; gives whether it was there before and the same was known of it. */
    abstract boolean step(int entry, long start, long end);

    /** Writes the values of all rows of a partition that is the frame of all of them; not called if all rows are new. */
    abstract void evaluatePartition(PartitionChange change);

    /** Before the rows of a partition are walked. */
    void begin(PartitionChange change) {
        ranks.begin(change);
        frame.begin(change);
    }

    /** After the rows of a partition were walked. */
    void finish() {}

    @Override
    final void evaluate(PartitionChange change) {
        begin(change);
        if (change.size() == 0) {
            return;
        }
        if (change.isNew()) {
            walk(frame.startsUnbounded() || !frame.endsUnbounded(), 0, change.size());
        } else if (frame.startsUnbounded() && frame.endsUnbounded()) {
            evaluatePartition(change);
        } else if (frame.startsUnbounded()) {
            walkForward(change);
        } else if (frame.endsUnbounded()) {
            walkBackward(change);
        } else {
            walkIntervals(change);
        }
        finish();
    }

    private void walkIntervals(PartitionChange change) {
        reached.clear();
        for (int i = 0; i < change.count(); i++) {
            reached.add(frame.firstReached(change, i), frame.lastReached(change, i));
        }
        for (int i = 0; i < reached.count(); i++) {
            walk(true, reached.from(i), reached.to(i));
        }
    }

    private void walk(boolean forward, long first, long behind) {
        if (forward) {
            resumeAt(first - 1);
            for (long rank = first; rank < behind; rank++) {
                step(rank);
            }
        } else {
            resumeAt(behind);
            for (long rank = behind - 1; rank >= first; rank--) {
                step(rank);
            }
        }
    }

    private void walkForward(PartitionChange change) {
        int count = change.count();
        reserve(count);
        long earliest = Long.MAX_VALUE;
        for (int i = count - 1; i >= 0; i--) {
            earliest = Math.min(earliest, frame.firstReached(change, i));
            starts[i] = earliest;
        }
        int next = 0;
        while (next < count && starts[next] < change.size()) {
            long rank = starts[next];
            resumeAt(rank - 1);
            boolean settled = false;
            while (!settled && rank < change.size()) {
                while (next < count && starts[next] <= rank) {
                    next++;
                }
                long place = change.place(next - 1);
                settled = step(rank) && rank >= place && frame.end(rank) > place;
                rank++;
            }
            if (!settled) {
                return;
            }
        }
    }

    private void walkBackward(PartitionChange change) {
        int count = change.count();
        reserve(count);
        long latest = 0;
        for (int i = 0; i < count; i++) {
            latest = Math.max(latest, frame.lastReached(change, i));
            starts[i] = Math.min(latest, change.size()) - 1;
        }
        int next = count - 1;
        while (next >= 0 && starts[next] >= 0) {
            long rank = starts[next];
            resumeAt(rank + 1);
            boolean settled = false;
            while (!settled && rank >= 0) {
                while (next >= 0 && starts[next] >= rank) {
                    next--;
                }
                // What went was before the entry that is now at its place.
                long place = change.place(next + 1) - (change.isInserted(next + 1) ? 0 : 1);
                settled = step(rank) && rank <= place && frame.start(rank) <= place;
                rank--;
            }
            if (!settled) {
                return;
            }
        }
    }

    private void resumeAt(long rank) {
        if (rank < 0 || rank >= frame.size) {
            restart();
        } else {
            long start = frame.start(rank);
            resume(ranks.at(rank), start, Math.max(start, frame.end(rank)));
        }
    }

    private boolean step(long rank) {
        long start = frame.start(rank);
        return step(ranks.at(rank), start, Math.max(start, frame.end(rank)));
    }

    private void reserve(int count) {
        if (starts.length < count) {
            starts = Arrays.copyOf(starts, Math.max(count, starts.length * 2));
        }
    }
}
