package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/**
 * Frames that are told by the values of the order's keys. An end is found from where that of the row before was. A NULL is at no distance from a value: the frame of a NULL
 * ends, where a value is added, with the NULLs.
 */
final class RangeFrame extends Frame {
    private final WindowRows rows;
    private final Store store;
    private final Ranks ranks;
    private final RangeBound start;
    private final RangeBound end;
    private final int column;
    private final boolean nullsFirst;
    /** The row whose frame is looked for, or the change that frames are looked for of. */
    private int sought;

    private long lastStart;
    private long lastEnd;

    RangeFrame(WindowFrame frame, List<DataType> types, List<SortKey> order, WindowRows rows) {
        super(frame);
        if (frame.hasDistances() && order.size() != 1) {
            throw new IllegalArgumentException("a range with a distance needs one key: " + order);
        }
        this.rows = rows;
        this.store = rows.store();
        this.ranks = new Ranks(rows.order());
        this.column = order.isEmpty() ? -1 : order.getFirst().column();
        this.nullsFirst = !order.isEmpty() && order.getFirst().nullsFirst();
        this.start = bound(frame.start(), types, order);
        this.end = bound(frame.end(), types, order);
    }

    private static RangeBound bound(Bound bound, List<DataType> types, List<SortKey> order) {
        return bound instanceof Bound.Offset offset
                ? RangeBound.of(offset, types.get(order.getFirst().column()), order.getFirst())
                : RangeBound.PEERS;
    }

    @Override
    void begin(PartitionChange change) {
        super.begin(change);
        ranks.begin(change);
        lastStart = 0;
        lastEnd = 0;
    }

    @Override
    long start(long rank) {
        if (!startsUnbounded()) {
            sought = ranks.at(rank);
            lastStart = ranks.first(this::isInOrBehind, start.isPeers() ? rank : lastStart);
        }
        return startsUnbounded() ? 0 : lastStart;
    }

    @Override
    long end(long rank) {
        if (!endsUnbounded()) {
            sought = ranks.at(rank);
            lastEnd = ranks.first(this::isBehind, end.isPeers() ? rank : lastEnd);
        }
        return endsUnbounded() ? size : lastEnd;
    }

    @Override
    long firstReached(PartitionChange change, int index) {
        sought = change.entry(index);
        return endsUnbounded()
                ? 0
                : Math.min(change.place(index), ranks.first(this::endsNotBefore, change.place(index)));
    }

    @Override
    long lastReached(PartitionChange change, int index) {
        sought = change.entry(index);
        long behind = startsUnbounded() ? size : ranks.first(this::startsBehind, change.place(index));
        return change.isInserted(index) ? Math.max(change.place(index) + 1, behind) : behind;
    }

    private boolean isInOrBehind(int entry) {
        return !isBefore(entry, sought);
    }

    private boolean isBehind(int entry) {
        return isBehind(entry, sought);
    }

    private boolean endsNotBefore(int entry) {
        return !isBehind(sought, entry);
    }

    private boolean startsBehind(int entry) {
        return isBefore(sought, entry);
    }

    /** Whether one entry is before the frame of another. */
    private boolean isBefore(int entry, int of) {
        if (start.isPeers()) {
            return rows.compareKeys(entry, of) < 0;
        }
        boolean isNull = store.isNull(entry, column);
        if (isNull || store.isNull(of, column)) {
            return nullsFirst ? isNull && !store.isNull(of, column) : !isNull;
        }
        return start.compare(store, entry, of, column) < 0;
    }

    /** Whether one entry is behind the frame of another. */
    private boolean isBehind(int entry, int of) {
        if (end.isPeers()) {
            return rows.compareKeys(entry, of) > 0;
        }
        boolean isNull = store.isNull(entry, column);
        if (isNull || store.isNull(of, column)) {
            return nullsFirst ? !isNull : isNull && !store.isNull(of, column);
        }
        return end.compare(store, entry, of, column) > 0;
    }
}
