package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.store.Batch;

/** The copies of ranks {@code from} to {@code to} of each group, and how they change. */
abstract sealed class Window permits PlainWindow, NumberedWindow {
    final OrderedIndex order;
    final long from;
    final long to;
    private final OrderedCursor cursor;

    Window(OrderedIndex order, long from, long to) {
        this.order = order;
        this.from = from;
        this.to = to;
        this.cursor = order.cursor();
    }

    /** Before the changes of a group, none of which is before this rank. */
    abstract void begin(int group, long lowest);

    /** After a change of a group: copies of an entry were added, or taken away, from this rank on. */
    abstract void change(int group, long rank, int entry, long weight);

    /** After the changes of a group. */
    abstract void end(int group);

    /** The change of all groups' windows since the last {@link #clear}. */
    abstract Batch changes();

    /** Forgets changes. */
    abstract void clear();

    /** Gives the windows of a group, and so on of others, to the consumer in batches; the last one when it is called with an end. */
    abstract void enumerate(int group, BatchConsumer consumer);

    /** Gives what is left over of {@link #enumerate}. */
    abstract void finish(BatchConsumer consumer);

    /** What one entry has between two ranks. */
    interface CopiesConsumer {
        void accept(int entry, long rank, long copies);
    }

    final void copies(int group, long first, long end, CopiesConsumer consumer) {
        boolean more = first < end && cursor.seek(group, first);
        while (more && cursor.before() < end) {
            long start = Math.max(first, cursor.before());
            consumer.accept(cursor.position(), start, Math.min(end - start, cursor.before() + cursor.weight() - start));
            more = cursor.next();
        }
    }
}
