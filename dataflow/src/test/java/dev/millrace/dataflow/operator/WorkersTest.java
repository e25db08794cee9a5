package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final int JOBS = 2_000;

    @Test
    void runsEachTaskOnceForSeveralCallersAtATime() throws Exception {
        List<Callable<Void>> callers = new ArrayList<>();
        for (int threads = 1; threads <= 4; threads++) {
            Workers workers = Workers.of(threads);
            for (int caller = 0; caller < 2; caller++) {
                callers.add(() -> {
                    for (int job = 0; job < JOBS; job++) {
                        runsEachTaskOnce(workers, job % 9);
                    }
                    return null;
                });
            }
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> caller : executor.invokeAll(callers)) {
                caller.get();
            }
        }
    }

    private static void runsEachTaskOnce(Workers workers, int tasks) {
        // Plain fields: that all is seen is part of what is promised.
        int[] runs = new int[tasks];
        workers.run(tasks, task -> runs[task]++);
        assertArrayEquals(IntStream.generate(() -> 1).limit(tasks).toArray(), runs);
    }

    @Test
    void throwsWhatATaskThrowsAfterTheOthersEnded() {
        for (int threads = 1; threads <= 4; threads++) {
            Workers workers = Workers.of(threads);
            for (int job = 0; job < JOBS; job++) {
                AtomicInteger running = new AtomicInteger();
                int failing = job % 4;
                IllegalArgumentException thrown = assertThrows(
                        IllegalArgumentException.class,
                        () -> workers.run(4, task -> {
                            running.incrementAndGet();
                            try {
                                if (task == failing) {
                                    throw new IllegalArgumentException("task " + task);
                                }
                            } finally {
                                running.decrementAndGet();
                            }
                        }));
                assertEquals("task " + failing, thrown.getMessage());
                assertEquals(0, running.get());
            }
            runsEachTaskOnce(workers, 5);
        }
    }
}
