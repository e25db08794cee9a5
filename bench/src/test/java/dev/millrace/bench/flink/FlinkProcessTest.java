package dev.millrace.bench.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bench.dataflow.query.Queries;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlinkProcessTest {
    @Test
    void the_result_is_complete_with_mini_batches_and_without() throws IOException {
        // Enough rows to sell something of each of the hundred categories.
        try (FlinkProcess process = new FlinkProcess(Queries.Shape.JOIN_SUM.sized(20_000, 1_000))) {
            for (MiniBatch mode : MiniBatch.values()) {
                Finished finished = process.run(mode);
                assertEquals(100, finished.content().rows(), mode.name());
                assertTrue(finished.rowsPerSecond() > 0, finished.toString());
            }
        }
    }

    @Test
    void a_process_that_ends_is_an_error() throws IOException {
        try (FlinkProcess process = new FlinkProcess(Queries.Shape.GROUP_BY.sized(1, 0))) {
            assertThrows(IOException.class, () -> process.run(MiniBatch.OFF));
        }
    }

    @Test
    void jars_of_flink_come_first() {
        String classPath =
                String.join(File.pathSeparator, List.of("a.jar", "lib/flink-core.jar", "flink-b/c.jar", "flink-x.jar"));
        assertEquals(
                String.join(File.pathSeparator, List.of("lib/flink-core.jar", "flink-x.jar", "a.jar", "flink-b/c.jar")),
                FlinkProcess.flinkFirst(classPath));
    }
}
