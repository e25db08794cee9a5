package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.plan.Plan.AggregateKind;
import org.jspecify.annotations.Nullable;

/** {@code bool_and} and {@code bool_or}, by how many values are true and how many false. */
final class Booleans implements Accumulator {
    private final AggregateKind kind;
    private long trues;
    private long falses;

    Booleans(AggregateKind kind) {
        this.kind = kind;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value == null) {
            return;
        }
        if ((Boolean) value) {
            trues += weight;
        } else {
            falses += weight;
        }
    }

    @Override
    public @Nullable Boolean result() {
        if (trues == 0 && falses == 0) {
            return null;
        }
        return kind == AggregateKind.BOOL_AND ? falses == 0 : trues != 0;
    }
}
