package dev.millrace.dataflow.aggregate;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** The value of the only row, nulls counted as values; null over nothing, and an error over more than one row. */
final class SingleValue implements Accumulator {
    private final OrderedValues values = new OrderedValues();

    @Override
    public void add(@Nullable Object value, long weight) {
        values.add(value, weight);
    }

    @Override
    public @Nullable Object result() {
        if (values.count() > 1) {
            throw new MillraceException(
                    ErrorCode.DATA_ERROR, "more than one row returned by a subquery used as an expression");
        }
        return values.count() == 0 ? null : values.first();
    }
}
