package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code min} and {@code max}. Over frames that only grow in the direction of the walk, a row's value is the better one of the last row's and of those that its frame has
 * more. Over others a queue holds the values of the frame that no later one betters: the first is the row's (a monotone queue). Of equal values one
 * that is shown with fewer digits is the lesser.
 */
final class FrameExtreme extends FrameWalk {
    private final boolean greatest;
    private final int argument;
    private final Optional<Integer> filter;
    private final int column;
    private final Cells cells;
    private final Ranks members;
    private final boolean grows;

    /** Where the best value so far is; no position if there is none. */
    private int best = -1;

    private int bestColumn;
    private long knownStart;
    private long knownEnd;
    /** The ranks and entries of the queue; used as a ring, of a length that is a power of two. */
    private long[] queuedRanks = new long[16];

    private int[] queued = new int[16];
    private int head;
    private int length;

    FrameExtreme(AggregateCall call, int column, Frame frame, WindowRows rows) {
        super(frame, rows);
        this.greatest = call.kind() == AggregateKind.MAX;
        this.argument = call.column().orElseThrow();
        this.filter = call.filter();
        this.column = column;
        this.cells = new Cells(call.type());
        this.members = new Ranks(rows.order());
        this.grows = frame.startsUnbounded() || frame.endsUnbounded();
    }

    @Override
    void begin(PartitionChange change) {
        super.begin(change);
        members.begin(change);
    }

    @Override
    void restart() {
        best = -1;
        knownStart = 0;
        knownEnd = 0;
        length = 0;
    }

    @Override
    void resume(int entry, long start, long end) {
        restart();
        if (grows && end > start) {
            knownStart = start;
            knownEnd = end;
            best = rows.store().isNull(entry, column) ? -1 : entry;
            bestColumn = column;
        }
    }

    @Override
    boolean step(int entry, long start, long end) {
        if (grows) {
            grow(start, end);
        } else {
            slide(start, end);
        }
        boolean isNew = rows.isNew(entry);
        boolean kept = write(entry);
        if (grows && best >= 0) {
            best = entry;
            bestColumn = column;
        }
        return kept && !isNew;
    }

    @Override
    void evaluatePartition(PartitionChange change) {
        restart();
        long old = 0;
        while (old < change.size() && rows.isNew(ranks.at(old))) {
            old++;
        }
        boolean holds = old < change.size();
        if (holds) {
            int known = ranks.at(old);
            best = rows.store().isNull(known, column) ? -1 : known;
            bestColumn = column;
        }
        for (int i = 0; holds && i < change.count(); i++) {
            // One that went may have been the only one of the best.
            holds = change.isInserted(i) || !takes(change.entry(i)) || !isBest(change.entry(i));
        }
        if (holds) {
            for (int i = 0; i < change.count(); i++) {
                if (change.isInserted(i)) {
                    consider(change.entry(i));
                }
            }
        } else {
            best = -1;
            grow(0, change.size());
        }
        if (holds && isKept(ranks.at(old))) {
            for (int i = 0; i < change.count(); i++) {
                if (change.isInserted(i)) {
                    write(change.entry(i));
                }
            }
            return;
        }
        keepBest(ranks.at(0));
        for (long rank = 1; rank < change.size(); rank++) {
            write(ranks.at(rank));
        }
    }

    /** Writes the best value to a row, and has it there from then on. */
    private void keepBest(int entry) {
        write(entry);
        best = best < 0 ? -1 : entry;
        bestColumn = column;
    }

    private boolean isKept(int entry) {
        Store store = rows.store();
        return best < 0 ? store.isNull(entry, column) : cells.identical(store, entry, column, store, best, bestColumn);
    }

    private boolean isBest(int entry) {
        Store store = rows.store();
        return best >= 0 && cells.identical(store, entry, argument, store, best, bestColumn);
    }

    private boolean write(int entry) {
        return best < 0
                ? rows.writeNull(entry, column)
                : rows.write(entry, column, cells, rows.store(), best, bestColumn);
    }

    private void grow(long start, long end) {
        if (knownStart >= knownEnd) {
            knownStart = start;
            knownEnd = start;
        }
        for (long rank = start; rank < knownStart; rank++) {
            consider(members.at(rank));
        }
        for (long rank = knownEnd; rank < end; rank++) {
            consider(members.at(rank));
        }
        knownStart = Math.min(start, knownStart);
        knownEnd = Math.max(end, knownEnd);
    }

    private void consider(int entry) {
        rows.touch();
        if (takes(entry) && (best < 0 || isBetter(entry, argument, best, bestColumn))) {
            best = entry;
            bestColumn = argument;
        }
    }

    private void slide(long start, long end) {
        int mask = queued.length - 1;
        while (length > 0 && queuedRanks[head] < start) {
            head = (head + 1) & mask;
            length--;
        }
        for (long rank = Math.max(knownEnd, start); rank < end; rank++) {
            enqueue(rank, members.at(rank));
        }
        knownEnd = Math.max(knownEnd, end);
        best = length > 0 ? queued[head] : -1;
        bestColumn = argument;
    }

    private void enqueue(long rank, int entry) {
        rows.touch();
        if (!takes(entry)) {
            return;
        }
        while (length > 0 && !isBetter(queued[(head + length - 1) & (queued.length - 1)], argument, entry, argument)) {
            length--;
        }
        if (length == queued.length) {
            unroll();
        }
        int tail = (head + length++) & (queued.length - 1);
        queued[tail] = entry;
        queuedRanks[tail] = rank;
    }

    private void unroll() {
        int[] entries = new int[length * 2];
        long[] places = Arrays.copyOf(queuedRanks, length * 2);
        for (int i = 0; i < length; i++) {
            entries[i] = queued[(head + i) & (length - 1)];
            places[i] = queuedRanks[(head + i) & (length - 1)];
        }
        queued = entries;
        queuedRanks = places;
        head = 0;
    }

    private boolean isBetter(int entry, int ofColumn, int other, int otherColumn) {
        int comparison = cells.compare(rows.store(), entry, ofColumn, rows.store(), other, otherColumn);
        return greatest ? comparison > 0 : comparison < 0;
    }

    private boolean takes(int entry) {
        Store store = rows.store();
        if (store.isNull(entry, argument)) {
            return false;
        }
        if (filter.isEmpty()) {
            return true;
        }
        int slot = store.slot(entry);
        return !store.isNull(entry, filter.get())
                && store.bytes(filter.get())[slot >>> Pages.SHIFT][slot & Pages.MASK] != 0;
    }
}
