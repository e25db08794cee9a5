package dev.millrace.dataflow.operator;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that work on a step: the caller's, and helpers of a fork-join pool, which all circuits of the process with the same number of threads share. A step has several jobs, one soon after the
 * other, and to wake a thread takes as long as to work on thousands of rows: so a helper looks out for the next job for a moment before it sleeps. The caller waits for nobody who has
 * not begun.
 */
final class Workers {
    private static final long LOOK_OUT_NANOS = 500_000;
    private static final int SPINS_PER_LOOK = 32;
    private static final long NAP_NANOS = 50_000;
    private static final ConcurrentHashMap<Integer, Workers> BY_THREADS = new ConcurrentHashMap<>();

    private final int threads;
    private final @Nullable ForkJoinPool pool;
    /** What there is to help with. */
    private final AtomicReference<@Nullable Job> posted = new AtomicReference<>();
    /** The helpers that look out or help. */
    private final AtomicInteger awake = new AtomicInteger();

    private Workers(int threads) {
        this.threads = threads;
        this.pool = threads == 1 ? null : new ForkJoinPool(threads - 1);
    }

    /** @param threads the caller's included */
    static Workers of(int threads) {
        return BY_THREADS.computeIfAbsent(threads, Workers::new);
    }

    int threads() {
        return threads;
    }

    /**
     * Runs tasks 0 to {@code tasks - 1}, each once, and returns when all have ended. What they wrote is seen by the caller. Of those that throw, one's exception is thrown here; tasks that
     * have not begun by then are left out, and none still runs. While the helpers work for another circuit, the caller does all by itself.
     */
    void run(int tasks, IntConsumer task) {
        Job job = new Job(tasks, task);
        boolean helped = pool != null && tasks > 1 && posted.compareAndSet(null, job);
        if (helped) {
            wake(Math.min(threads, tasks) - 1);
        }
        job.work();
        if (helped) {
            posted.set(null);
            job.awaitHelpers();
        }
        job.throwFailure();
    }

    private void wake(int helpers) {
        for (int now = awake.get(); now < helpers && pool != null; now = awake.get()) {
            if (awake.compareAndSet(now, now + 1)) {
                pool.execute(this::help);
            }
        }
    }

    /** Helps with whatever is posted until nothing was for a while. */
    private void help() {
        Job last = null;
        long until = System.nanoTime() + LOOK_OUT_NANOS;
        do {
            for (int spin = 0; spin < SPINS_PER_LOOK; spin++) {
                Job job = posted.get();
                if (job != null && job != last) {
                    job.help();
                    last = job;
                    until = System.nanoTime() + LOOK_OUT_NANOS;
                } else {
                    Thread.onSpinWait();
                }
            }
        } while (System.nanoTime() < until);
        awake.decrementAndGet();
    }

    private static final class Job {
        private final int tasks;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helping = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Job(int tasks, IntConsumer task) {
            this.tasks = tasks;
            this.task = task;
        }

        void work() {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error thrown) {
                    failure.compareAndSet(null, thrown);
                    next.set(tasks);
                }
            }
        }

        /** Who comes when no task is left does nothing, so whoever saw none and nobody helping need not wait for him. */
        void help() {
            helping.incrementAndGet();
            try {
                work();
            } finally {
                helping.decrementAndGet();
            }
        }

        void awaitHelpers() {
            long until = System.nanoTime() + LOOK_OUT_NANOS;
            while (helping.get() > 0) {
                if (System.nanoTime() < until) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(NAP_NANOS);
                }
            }
        }

        void throwFailure() {
            switch (failure.get()) {
                case null -> {}
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }
}
