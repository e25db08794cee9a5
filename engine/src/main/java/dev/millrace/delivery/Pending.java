package dev.millrace.delivery;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.MillraceException;
import java.util.List;

/** What waits for a subscriber, still in the engine's terms: what waits can be added up, and only what is taken is converted. */
sealed interface Pending {
    /** The query is live and this is its result; {@code rows} are not changed any more. */
    record Start(List<Row> rows, long epoch, Position position) implements Pending {}

    record Delta(ZSet rows, long epoch, Position position, long commitMicros) implements Pending {
        /** This and what came next, as one. */
        Delta plus(Delta next) {
            ZSet sum = new ZSet(rows.size() + next.rows.size());
            sum.addAll(rows);
            sum.addAll(next.rows);
            sum.consolidate();
            return new Delta(sum, next.epoch, next.position, next.commitMicros);
        }
    }

    record Advance(long epoch, Position position) implements Pending {}

    record Restart(ResyncReason reason, List<Row> rows, ZSet differences, long epoch, Position position)
            implements Pending {}

    record Failure(MillraceException error) implements Pending {}
}
