package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import dev.millrace.dataflow.zset.EqualRows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code f(DISTINCT x)}: passes on each different value once, while it is there; expected O(1) a change. */
final class DistinctValues implements Accumulator {
    private final Map<@Nullable Object, EqualRows> classes = new HashMap<>();
    private final Accumulator function;

    DistinctValues(Accumulator function) {
        this.function = function;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        Object key = Values.canonical(value);
        EqualRows equals = classes.computeIfAbsent(key, absent -> new EqualRows());
        Row before = equals.representative();
        equals.add(Row.owning(new @Nullable Object[] {value}), weight);
        Row after = equals.representative();
        if (after == null) {
            classes.remove(key);
        }
        if (before != null && after != null && Row.identical(before, after)) {
            return;
        }
        if (before != null) {
            function.add(before.get(0), -1);
        }
        if (after != null) {
            function.add(after.get(0), 1);
        }
    }

    @Override
    public @Nullable Object result() {
        return function.result();
    }
}
