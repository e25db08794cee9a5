package dev.millrace.lifecycle;

import dev.millrace.connector.TableName;
import dev.millrace.error.MillraceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table that is followed, and by how many. Holders are counted under the source's lock; a failure is set on the circuit's thread. */
final class TableLease {
    private final TableName table;
    private int holders;
    private volatile @Nullable MillraceException failure;

    TableLease(TableName table) {
        this.table = table;
    }

    TableName table() {
        return table;
    }

    void hold() {
        holders++;
    }

    /** Returns whether nobody holds it any more. */
    boolean release() {
        return --holders == 0;
    }

    void fail(MillraceException cause) {
        failure = cause;
    }

    /** Why the table is not followed any more, if so. */
    Optional<MillraceException> failure() {
        return Optional.ofNullable(failure);
    }
}
