package dev.millrace.connector;

import java.util.List;

/**
 * Everything that one transaction of the source did to the followed tables, in order.
 *
 * @param position the place just past its commit
 * @param commitMicros when the source committed it, in microseconds since 1970 by the source's clock
 */
public record SourceTransaction(Position position, long commitMicros, List<RowChange> changes) {}
