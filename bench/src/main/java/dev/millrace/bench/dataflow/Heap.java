package dev.millrace.bench.dataflow;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What this process's heap holds, and for how long its collector has stopped everything. */
final class Heap {
    private Heap() {}

    /** The bytes of what is reachable: what is left after a collection. */
    static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** All pauses so far, in milliseconds. */
    static long pauseMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
