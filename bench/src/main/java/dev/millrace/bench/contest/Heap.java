package dev.millrace.bench.contest;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What this process's heap holds, and for how long its collector has stopped everything. */
public final class Heap {
    private Heap() {}

    /** The bytes of what is reachable: what is left after a collection. */
    public static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** All pauses so far, in milliseconds. */
    public static long pauseMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
