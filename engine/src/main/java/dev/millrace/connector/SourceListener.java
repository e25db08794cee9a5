package dev.millrace.connector;

import dev.millrace.error.MillraceException;
import java.time.Duration;
import java.util.List;

/**
 * Who is told what a source sees. A source calls it from one thread at a time; positions never go backwards. Calls may block: that is
 * how the engine pushes back.
 */
public interface SourceListener {
    /** These tables' complete contents at this position; the tables of one call were read in one snapshot. Followed by their changes. */
    void loaded(List<TableContents> tables, Position position);

    /** A committed transaction. Only changes of tables that were {@link #loaded} are in it; it may be that none are. */
    void committed(SourceTransaction transaction);

    /** The source is known to be at this position and nothing of interest happened since the last one. */
    void progressed(Position position);

    /** As {@link #loaded}, for all followed tables at once, replacing what was known of them. */
    void resynced(ResyncReason reason, List<TableContents> tables, Position position);

    /** The connection was lost; the source tries again by itself after the delay. Nothing is lost. */
    void disconnected(MillraceException cause, Duration retryIn);

    /** This table cannot be followed any more; it is not followed from here on. */
    void tableFailed(TableName table, MillraceException cause);

    /** The source gives up for good. Nothing follows. */
    void failed(MillraceException cause);
}
