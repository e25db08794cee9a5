package dev.millrace.dataflow.aggregate;

import org.jspecify.annotations.Nullable;

/** {@code count}: 0 over nothing. */
final class Count implements Accumulator {
    private long count;

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value != null) {
            count = Math.addExact(count, weight);
        }
    }

    @Override
    public Long result() {
        return count;
    }
}
