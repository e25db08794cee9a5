package dev.millrace.delivery;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.MillraceException;
import java.util.List;

/** What waits for a subscriber, still in the engine's terms: what waits can be added up, and only what is taken is converted. */
sealed interface Pending {
    /** The query is live. */
    record Acceptance(long epoch, Position position) implements Pending {}

    /** The first result; {@code rows} are not changed any more. */
    record Start(List<Row> rows, long epoch, Position position) implements Pending {}

    /** There is no result for now. */
    record NoResult(MillraceException error, boolean again, long epoch, Position position) implements Pending {}

    /** A step's difference, which others are given too. */
    record Delta(ZSet rows, long epoch, Position position, long commitMicros) implements Pending {}

    /**
     * The sum of the differences that came since the queue was full. It is consolidated whenever it has doubled, so that adding to it costs
     * what is added, amortised, and it is never more than twice the sum's size.
     */
    final class Backlog implements Pending {
        private static final int MIN_CONSOLIDATED = 1024;

        private final ZSet rows = new ZSet();
        private int consolidatedSize = MIN_CONSOLIDATED;
        private Delta last;

        Backlog(Delta first) {
            last = first;
            add(first);
        }

        void add(Delta next) {
            rows.addAll(next.rows);
            last = next;
            if (rows.size() > 2 * consolidatedSize) {
                rows.consolidate();
                consolidatedSize = Math.max(MIN_CONSOLIDATED, rows.size());
            }
        }

        /** All of it as one difference. Nothing is added any more. */
        Delta sum() {
            return new Delta(rows.consolidate(), last.epoch, last.position, last.commitMicros);
        }
    }

    record Advance(long epoch, Position position) implements Pending {}

    record Restart(ResyncReason reason, List<Row> rows, ZSet differences, long epoch, Position position)
            implements Pending {}

    record Failure(MillraceException error) implements Pending {}
}
