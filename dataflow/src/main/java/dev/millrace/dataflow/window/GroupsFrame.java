package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.WindowFrame;

/** Frames that count groups of peers. To find an end costs O(log n) for each group that it is away. */
final class GroupsFrame extends Frame {
    private final WindowRows rows;
    private final Ranks ranks;
    private final long start;
    private final long end;
    private int sought;
    /** A group whose frame is known: where it begins and ends. */
    private long first;

    private long behind;
    private long frameStart;
    private long frameEnd;

    GroupsFrame(WindowFrame frame, WindowRows rows) {
        super(frame);
        this.rows = rows;
        this.ranks = new Ranks(rows.order());
        this.start = distance(frame.start());
        this.end = distance(frame.end());
    }

    @Override
    void begin(PartitionChange change) {
        super.begin(change);
        ranks.begin(change);
        first = 0;
        behind = 0;
    }

    @Override
    long start(long rank) {
        find(rank);
        return frameStart;
    }

    @Override
    long end(long rank) {
        find(rank);
        return frameEnd;
    }

    @Override
    long firstReached(PartitionChange change, int index) {
        if (endsUnbounded() || size == 0) {
            return 0;
        }
        // Of a row that went the group before it, too, which may have been its own.
        long place = change.place(index);
        long from = groupStart(change.isInserted(index) ? place : Math.max(0, place - 1));
        return end > 0 ? back(from, end) : from;
    }

    @Override
    long lastReached(PartitionChange change, int index) {
        long place = change.place(index);
        if (startsUnbounded() || place >= size) {
            return size;
        }
        long to = groupEnd(place);
        return start < 0 ? forth(to, -start) : to;
    }

    private void find(long rank) {
        if (rank >= first && rank < behind) {
            return;
        }
        first = groupStart(rank);
        behind = groupEnd(rank);
        if (startsUnbounded()) {
            frameStart = 0;
        } else {
            frameStart = start <= 0 ? back(first, -start) : forth(behind, start - 1);
        }
        if (endsUnbounded()) {
            frameEnd = size;
        } else if (end >= 0) {
            frameEnd = forth(behind, end);
        } else {
            frameEnd = first == 0 ? 0 : back(first, -end - 1);
        }
    }

    /** From where a group begins to where one so many groups before does. */
    private long back(long from, long groups) {
        long at = from;
        for (long i = 0; i < groups && at > 0; i++) {
            at = groupStart(at - 1);
        }
        return at;
    }

    /** From where a group begins to where one so many groups behind does. */
    private long forth(long from, long groups) {
        long at = from;
        for (long i = 0; i < groups && at < size; i++) {
            at = groupEnd(at);
        }
        return at;
    }

    private long groupStart(long rank) {
        sought = ranks.at(rank);
        return ranks.first(this::isNotBefore, rank);
    }

    private long groupEnd(long rank) {
        sought = ranks.at(rank);
        return ranks.first(this::isBehind, rank);
    }

    private boolean isNotBefore(int entry) {
        return rows.compareKeys(entry, sought) >= 0;
    }

    private boolean isBehind(int entry) {
        return rows.compareKeys(entry, sought) > 0;
    }
}
