package dev.millrace.connector;

import java.util.Collection;
import java.util.List;

/** An opened connection to an outside system whose tables can be followed. Safe for use by several threads. */
public interface Source extends AutoCloseable {
    /**
     * The tables that the source has now, whether followed or not.
     *
     * @throws dev.millrace.error.MillraceException with an {@code MR-3xxx} code
     */
    List<TableDefinition> tables();

    /** Says who is told. Called once, before anything is followed. */
    void listen(SourceListener listener);

    /**
     * Follows these tables too, in addition to those that are followed. Returns when their contents have been given to
     * {@link SourceListener#loaded}; tables that were already followed are passed over. The first call starts the stream.
     *
     * @throws dev.millrace.error.MillraceException with an {@code MR-3xxx} code when that is not possible; what was followed before still is
     */
    void follow(Collection<TableName> tables);

    /** Stops to follow these tables. */
    void unfollow(Collection<TableName> tables);

    /** The position up to which the source has committed now: what follows after this call lies behind it. */
    Position currentPosition();

    /** Ends the stream and leaves the outside system as it was found. Idempotent; waits until that is done. */
    @Override
    void close();
}
