package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall.FrameValue;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Unit;
import dev.millrace.dataflow.row.DataType;
import java.util.List;

/**
 * {@code first_value}, {@code last_value} and {@code nth_value}. A change reaches the rows that it reaches through their frames; of {@code last_value} only the end
 * of the frame matters. The nth row from an end of the partition is not another one because of a change further inside.
 */
final class FrameEdge extends Evaluator {
    private final FrameValue call;
    private final int column;
    private final Cells cells;
    private final Frame frame;
    /** What tells which rows a change reaches. */
    private final Frame reaching;
    /** Whether the row is counted from the partition's end and no frame that has it loses or gains it by a change behind it. */
    private final boolean anchored;

    private final Ranks others;
    private final Intervals reached = new Intervals();

    FrameEdge(FrameValue call, int column, List<DataType> types, List<SortKey> order, WindowRows rows) {
        super(rows);
        this.call = call;
        this.column = column;
        this.cells = new Cells(call.type());
        this.frame = Frame.of(call.frame(), types, order, rows);
        this.reaching = call.last() ? Frame.of(narrowed(call.frame()), types, order, rows) : frame;
        this.anchored = call.last()
                ? frame.endsUnbounded() && !startsBehind(call.frame())
                : frame.startsUnbounded() && !endsBefore(call.frame());
        this.others = new Ranks(rows.order());
    }

    /** The frame from the current row to its end, or only its end; unless that is between rows, and any row before may be the last. */
    private static WindowFrame narrowed(WindowFrame frame) {
        if (startsBehind(frame) || (endsBefore(frame) && frame.unit() == Unit.RANGE)) {
            return frame;
        }
        return new WindowFrame(frame.unit(), endsBefore(frame) ? frame.end() : new Bound.Current(), frame.end());
    }

    private static boolean startsBehind(WindowFrame frame) {
        return frame.start() instanceof Bound.Offset(boolean following, Object ignored) && following;
    }

    private static boolean endsBefore(WindowFrame frame) {
        return frame.end() instanceof Bound.Offset(boolean following, Object ignored) && !following;
    }

    @Override
    void evaluate(PartitionChange change) {
        ranks.begin(change);
        others.begin(change);
        frame.begin(change);
        reaching.begin(change);
        reached.clear();
        if (change.isNew()) {
            reached.add(0, change.size());
        }
        for (int i = 0; i < change.count(); i++) {
            reach(change, i);
        }
        for (int i = 0; i < reached.count(); i++) {
            for (long rank = reached.from(i); rank < reached.to(i); rank++) {
                write(ranks.at(rank), rank);
            }
        }
    }

    private void reach(PartitionChange change, int index) {
        long place = change.place(index);
        long behindNth = call.last() ? change.size() - (change.isInserted(index) ? 1 : 0) - place : place;
        if (anchored && behindNth >= call.nth()) {
            reached.add(place, place + (change.isInserted(index) ? 1 : 0));
        } else {
            reached.add(reaching.firstReached(change, index), reaching.lastReached(change, index));
        }
    }

    private void write(int entry, long rank) {
        long start = frame.start(rank);
        long end = frame.end(rank);
        long wanted = call.last() ? end - 1 : call.nth() > end ? end : start + call.nth() - 1;
        if (wanted >= start && wanted < end) {
            rows.write(entry, column, cells, rows.store(), others.at(wanted), call.column());
        } else {
            rows.writeNull(entry, column);
        }
    }
}
