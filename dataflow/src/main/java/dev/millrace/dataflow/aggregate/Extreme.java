package dev.millrace.dataflow.aggregate;

import org.jspecify.annotations.Nullable;

/** {@code min} and {@code max}: the first and the last of an ordered multiset; O(log n) a change. */
final class Extreme implements Accumulator {
    private final OrderedValues values = new OrderedValues();
    private final boolean greatest;

    Extreme(boolean greatest) {
        this.greatest = greatest;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value != null) {
            values.add(value, weight);
        }
    }

    @Override
    public @Nullable Object result() {
        if (values.count() == 0) {
            return null;
        }
        return greatest ? values.last() : values.first();
    }
}
