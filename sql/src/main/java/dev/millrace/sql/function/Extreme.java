package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Values;
import org.jspecify.annotations.Nullable;

/** GREATEST and LEAST of values of one type: nulls are passed over, and of values that are equal the first stands. */
public enum Extreme implements Function {
    GREATEST,
    LEAST;

    @Override
    public boolean strict() {
        return false;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        @Nullable Object extreme = null;
        for (Object candidate : arguments) {
            if (candidate == null) {
                continue;
            }
            int order = extreme == null ? 0 : Values.compare(candidate, extreme);
            if (extreme == null || (this == GREATEST ? order > 0 : order < 0)) {
                extreme = candidate;
            }
        }
        return extreme;
    }
}
