package dev.millrace.lifecycle;

import dev.millrace.connector.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The leases on tables of sources that a query or statement holds while it runs. */
final class Leases {
    private final Map<AttachedSource, List<TableLease>> held;
    private final AtomicBoolean released = new AtomicBoolean();

    private Leases(Map<AttachedSource, List<TableLease>> held) {
        this.held = Map.copyOf(held);
    }

    /** Takes all of them or none. */
    static Leases acquire(Map<AttachedSource, List<TableName>> tables) {
        Map<AttachedSource, List<TableLease>> held = new HashMap<>();
        boolean acquired = false;
        try {
            tables.forEach((source, names) -> held.put(source, source.acquire(names)));
            acquired = true;
            return new Leases(held);
        } finally {
            if (!acquired) {
                held.forEach(AttachedSource::release);
            }
        }
    }

    /** Throws why one of them is of no use, if so. To be asked on the circuit's thread. */
    void requireFollowed() {
        held.forEach(AttachedSource::requireFollowed);
    }

    boolean areConnected() {
        return held.keySet().stream().allMatch(AttachedSource::isConnected);
    }

    /** Gives them up. Idempotent. Not for the circuit's thread, which others may wait for meanwhile. */
    void release() {
        if (released.compareAndSet(false, true)) {
            held.forEach(AttachedSource::release);
        }
    }
}
