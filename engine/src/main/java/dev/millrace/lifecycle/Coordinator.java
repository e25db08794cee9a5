package dev.millrace.lifecycle;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that drives the circuit, and the queue before it. Everything that touches the circuit is done here, one thing at a time, in the order in which it was handed over. Writes are
 * bounded by their rows: who writes faster than they are applied waits. Who calls while nothing is queued or done does it himself, for to wake a thread takes longer than most calls.
 */
final class Coordinator implements AutoCloseable {
    private static final int MAX_QUEUED_ROWS = 1 << 19;
    private static final long TICK_MICROS = 100_000;
    private static final System.Logger LOG = System.getLogger(Coordinator.class.getName());

    private final ArrayDeque<Task> queue = new ArrayDeque<>();
    private final Semaphore capacity = new Semaphore(MAX_QUEUED_ROWS, true);
    /** Held by who drives the circuit. */
    private final ReentrantLock driving = new ReentrantLock();

    private final LongSupplier tick;
    private final Thread thread;
    /** Guarded by the queue, as are its tasks. */
    private boolean closed;

    private record Task(Runnable work, int rows, boolean last) {}

    /** @param tick called now and then on the circuit's thread, whether there is work or not; says in how many microseconds it is to be called again at the latest */
    Coordinator(LongSupplier tick) {
        this.tick = tick;
        this.thread = Thread.ofPlatform().name("millrace-circuit").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Hands over a write; waits while too many rows are queued.
     *
     * @throws MillraceException {@code CLOSED}, or {@code INTERRUPTED} while it waited
     */
    void write(int rows, Runnable work) {
        int charged = Math.clamp(rows, 1, MAX_QUEUED_ROWS);
        try {
            capacity.acquire(charged);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.INTERRUPTED, "interrupted while a write waited for its place", e);
        }
        boolean queued = false;
        try {
            enqueue(new Task(work, charged, false));
            queued = true;
        } finally {
            if (!queued) {
                capacity.release(charged);
            }
        }
    }

    /** Hands over work that nobody waits for. Without effect once closed. */
    void post(Runnable work) {
        synchronized (queue) {
            if (!closed) {
                add(new Task(work, 0, false));
            }
        }
    }

    /**
     * Does this after all that was handed over before, and waits for the result. What it throws is thrown here. An interrupt does not end the wait.
     */
    <T> T call(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable completing = () -> complete(result, work);
        if (!performNow(completing)) {
            enqueue(new Task(completing, 0, false));
        }
        try {
            return uninterruptibly(result);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MillraceException known) {
                throw known;
            }
            throw new MillraceException(ErrorCode.QUERY_FAILED, "the engine failed: " + e.getCause(), e.getCause());
        }
    }

    /** Does this on the caller's thread, unless something else is done or comes first. Returns whether it was done. */
    private boolean performNow(Runnable work) {
        if (!driving.tryLock()) {
            return false;
        }
        try {
            synchronized (queue) {
                if (closed || !queue.isEmpty()) {
                    return false;
                }
            }
            work.run();
            return true;
        } finally {
            driving.unlock();
        }
    }

    /** The work is done in any case, and its result may hold what must be given back. The circuit never waits for anybody. */
    private static <T> T uninterruptibly(CompletableFuture<T> result) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void enqueue(Task task) {
        synchronized (queue) {
            if (closed) {
                throw new MillraceException(ErrorCode.CLOSED, "the database is closed");
            }
            add(task);
        }
    }

    private void add(Task task) {
        queue.add(task);
        queue.notifyAll();
    }

    /** Does what is queued, then ends the thread. Idempotent. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                add(new Task(() -> {}, 0, true));
            }
        }
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextTick = System.nanoTime();
        boolean last = false;
        while (!last) {
            awaitTask(nextTick - System.nanoTime());
            driving.lock();
            try {
                Task task = next();
                if (task != null) {
                    perform(task.work);
                    capacity.release(task.rows);
                    last = task.last;
                }
                if (!last && System.nanoTime() - nextTick >= 0) {
                    nextTick = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(ticked());
                }
            } finally {
                driving.unlock();
            }
        }
    }

    /** Waits until there is a task or the time is over. */
    private void awaitTask(long nanos) {
        synchronized (queue) {
            try {
                if (queue.isEmpty() && nanos > 0) {
                    TimeUnit.NANOSECONDS.timedWait(queue, nanos);
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; it ends by close() alone.
            }
        }
    }

    /** The next task leaves the queue only while driving, so that nobody overtakes it. */
    private @Nullable Task next() {
        synchronized (queue) {
            return queue.poll();
        }
    }

    /** Ticks; gives after how many microseconds to do so again. */
    private long ticked() {
        long[] again = {TICK_MICROS};
        perform(() -> again[0] = Math.min(TICK_MICROS, tick.getAsLong()));
        return again[0];
    }

    private static void perform(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the engine failed", e);
        }
    }
}
