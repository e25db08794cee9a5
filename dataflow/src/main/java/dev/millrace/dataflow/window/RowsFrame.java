package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.WindowFrame;

/** Frames that count rows. */
final class RowsFrame extends Frame {
    private final long start;
    private final long end;

    RowsFrame(WindowFrame frame) {
        super(frame);
        this.start = distance(frame.start());
        this.end = distance(frame.end());
    }

    @Override
    long start(long rank) {
        return startsUnbounded() ? 0 : within(rank, start);
    }

    @Override
    long end(long rank) {
        return endsUnbounded() ? size : within(rank + 1, end);
    }

    @Override
    long firstReached(PartitionChange change, int index) {
        long place = change.place(index);
        return endsUnbounded() ? 0 : Math.min(place, within(place, -end));
    }

    @Override
    long lastReached(PartitionChange change, int index) {
        long place = change.place(index);
        return startsUnbounded() ? size : Math.min(size, Math.max(place, within(place, -start)) + 1);
    }
}
