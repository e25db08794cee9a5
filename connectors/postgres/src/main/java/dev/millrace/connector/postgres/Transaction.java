package dev.millrace.connector.postgres;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableName;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;

/**
 * A decoded transaction.
 *
 * @param commit where its commit record starts: it is in a snapshot exactly when that lies before the snapshot's consistent point
 * @param end where its commit record ends: the source's position after it
 * @param tablesVersion the version of the followed tables that the decoder knew
 * @param failures the tables whose changes could not be decoded; their other changes may be among the changes
 */
record Transaction(
        long commit,
        long end,
        long commitMicros,
        long tablesVersion,
        List<RowChange> changes,
        Map<TableName, MillraceException> failures) {}
