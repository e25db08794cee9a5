package dev.millrace.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An output whose lines another thread reads one by one, and that can be closed from the reading end like a pipe. */
final class LineQueue extends Writer {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();
    private volatile boolean broken;

    /** The next line that is as wanted; those before it are passed over. */
    String next(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no such line in 60 seconds");
            }
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** From now on writing fails. */
    void breakPipe() {
        broken = true;
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("broken pipe");
        }
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                lines.add(begun.toString());
                begun.setLength(0);
            } else if (buffer[i] != '\r') {
                begun.append(buffer[i]);
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
