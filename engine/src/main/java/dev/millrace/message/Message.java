package dev.millrace.message;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.error.MillraceException;
import java.util.List;

/** What a subscriber receives. Epochs and positions never go backwards. */
public sealed interface Message {
    /** The query is live. The first message. */
    record Accepted(ResultSchema schema, long epoch, Position position) implements Message {}

    /**
     * The whole result at this epoch, in the query's order if it has one.
     *
     * @param differences what leads from the result this subscriber knew before (at first: an empty one) to this one
     */
    record Initial(List<ResultRow> rows, List<Change> differences, long epoch, Position position) implements Message {}

    /**
     * What one step did to the result: usually that of one source transaction. For a subscriber that fell behind it is the exact sum
     * of several.
     *
     * @param commitMicros when the last transaction in it was committed, by the source's clock, in microseconds since 1970
     */
    record Changes(long epoch, Position position, List<Change> changes, long commitMicros) implements Message {}

    /** Nothing changed up to this position. */
    record Progress(long epoch, Position position) implements Message {}

    /**
     * The query has no result at this position, since an expression has no value for some row: the query would fail in Postgres, too. When no such row is there any more,
     * {@link Changes} since the last result follow, or {@link Progress} if there are none; or {@link Initial} for who had no result before.
     *
     * @param error {@code DATA_ERROR}, with the row
     * @param again whether this was told before and only the position, and perhaps the error, is new
     */
    record NoResult(MillraceException error, boolean again, long epoch, Position position) implements Message {}

    /** History was lost; an {@link Initial} follows and replaces all. */
    record Resync(ResyncReason reason) implements Message {}

    /** The query stopped. The last message. */
    record Failed(MillraceException error) implements Message {}
}
