package dev.millrace.dataflow.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Store;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Generated classes go with their last user, so that queries may come and go for ever. */
class CodeUnloadingTest {
    private static final int TEMPLATES = 20_000;
    private static final int BETWEEN_COLLECTIONS = 2_500;
    private static final long METASPACE_GROWTH_BYTES = 24L << 20;

    private final CodeCache cache = new CodeCache();

    @Test
    void equal_templates_share_an_object_and_different_ones_do_not() {
        RowCode code = cache.get(template(-2));
        assertSame(code, cache.get(template(-2)));
        assertNotSame(code, cache.get(template(-3)));
        assertEquals(2, cache.classes());
    }

    @Test
    void thousands_of_classes_come_and_go_in_little_room(TestReporter reporter) {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        MemoryPoolMXBean metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .findFirst()
                .orElseThrow();
        RowCode kept = cache.get(template(-1));
        make(0, BETWEEN_COLLECTIONS);
        collect(classes, classes.getUnloadedClassCount());
        long before = metaspace.getUsage().getUsed();
        long unloadedBefore = classes.getUnloadedClassCount();
        long nanos = cache.nanos();
        for (int made = 0; made < TEMPLATES; made += BETWEEN_COLLECTIONS) {
            make(made, BETWEEN_COLLECTIONS);
            collect(classes, classes.getUnloadedClassCount());
        }
        long growth = metaspace.getUsage().getUsed() - before;
        long unloaded = classes.getUnloadedClassCount() - unloadedBefore;
        reporter.publishEntry("microseconds a class", String.valueOf((cache.nanos() - nanos) / 1000 / TEMPLATES));
        assertTrue(growth < METASPACE_GROWTH_BYTES, () -> growth + " bytes more metaspace");
        assertTrue(unloaded >= TEMPLATES - BETWEEN_COLLECTIONS, () -> unloaded + " classes unloaded");
        assertSame(kept, cache.get(template(-1)), "what is used stays");
    }

    private void make(int from, int count) {
        Store rows = new Store(List.of(DataType.INT4));
        int[] positions = {rows.append(Row.of(from))};
        int[] kept = new int[1];
        for (int i = from; i < from + count; i++) {
            int[] outputPositions = new int[1];
            Store output = new Store(List.of(DataType.INT4, DataType.TEXT));
            output.allocate(1, outputPositions);
            cache.get(template(i)).run(rows, positions, null, null, 1, kept, output, outputPositions);
            assertEquals(Row.of(from, "query " + i), output.row(outputPositions[0]));
        }
    }

    /** A collection is a hint: hints until classes were unloaded, up to a number that says it does not work. */
    private static void collect(ClassLoadingMXBean classes, long unloaded) {
        for (int hints = 0; hints < 20 && classes.getUnloadedClassCount() == unloaded; hints++) {
            System.gc();
        }
    }

    private static RowProgram template(int query) {
        return RowProgram.over(
                List.of(DataType.INT4),
                List.of(new RowProgram.Step.Projection(List.of(
                        new Expression.Column(0, DataType.INT4),
                        new Expression.Literal("query " + query, DataType.TEXT)))));
    }
}
