package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.row.DataType;
import java.util.List;

/**
 * The frames of a partition's rows as ranges of ranks. Neither end of a frame is before that of the row before.
 *
 * <p>A change reaches the rows whose frame it is in, or was in. Where a frame counts rows or groups, it also reaches those between it and there, as they move by one.
 */
abstract sealed class Frame permits RowsFrame, RangeFrame, GroupsFrame {
    private final boolean startsUnbounded;
    private final boolean endsUnbounded;
    long size;

    Frame(WindowFrame frame) {
        this.startsUnbounded = frame.start() instanceof Bound.Unbounded;
        this.endsUnbounded = frame.end() instanceof Bound.Unbounded;
    }

    /** @throws IllegalArgumentException if there are no such frames in this order */
    static Frame of(WindowFrame frame, List<DataType> types, List<SortKey> order, WindowRows rows) {
        return switch (frame.unit()) {
            case ROWS -> new RowsFrame(frame);
            case GROUPS -> new GroupsFrame(frame, rows);
            case RANGE -> new RangeFrame(frame, types, order, rows);
        };
    }

    /** Turns to a partition as it is now. */
    void begin(PartitionChange change) {
        size = change.size();
    }

    /** The first rank of a row's frame. */
    abstract long start(long rank);

    /** The rank behind a row's frame; no greater than its start if the frame is empty. */
    abstract long end(long rank);

    /** The first row that a change reaches. */
    abstract long firstReached(PartitionChange change, int index);

    /** The row behind the last one that a change reaches. */
    abstract long lastReached(PartitionChange change, int index);

    final boolean startsUnbounded() {
        return startsUnbounded;
    }

    final boolean endsUnbounded() {
        return endsUnbounded;
    }

    /** The rows or groups that a bound is behind the current one, or before it if negative; 0 for one that is unbounded. */
    static long distance(Bound bound) {
        return bound instanceof Bound.Offset(boolean following, Object distance)
                ? (following ? (Long) distance : -(Long) distance)
                : 0;
    }

    /** The sum, kept within the ranks from 0 to the size. */
    final long within(long rank, long distance) {
        return Math.clamp(distance > size ? size : distance < -size ? rank - size : rank + distance, 0, size);
    }
}
