package dev.millrace.dataflow.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The threads that work on a step: the caller's, and those of a fork-join pool, which all circuits of the process with the same number of threads share. They end when nothing was
 * to be done for a while.
 */
final class Workers {
    private static final ConcurrentHashMap<Integer, ForkJoinPool> POOLS = new ConcurrentHashMap<>();

    private final int threads;

    /** @param threads the caller's included */
    Workers(int threads) {
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    /**
     * Runs tasks 0 to {@code tasks - 1}, each once, and returns when all have ended. What they wrote is seen by the caller. Of those that throw, one's exception is thrown here; tasks that
     * have not begun by then are left out, and none still runs.
     */
    void run(int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error thrown) {
                    failure.compareAndSet(null, thrown);
                    next.set(tasks);
                }
            }
        };
        List<ForkJoinTask<?>> forked = new ArrayList<>();
        for (int helper = 1; helper < Math.min(threads, tasks); helper++) {
            forked.add(pool().submit(work));
        }
        work.run();
        forked.forEach(ForkJoinTask::quietlyJoin);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private ForkJoinPool pool() {
        return POOLS.computeIfAbsent(threads - 1, helpers -> new ForkJoinPool(helpers));
    }
}
