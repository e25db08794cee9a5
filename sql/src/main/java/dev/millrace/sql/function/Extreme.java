package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.dataflow.row.Values;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * GREATEST and LEAST of values of one type: nulls are passed over, and of values that are equal the first stands. Of two there is a
 * method; the extreme of more is that of the first two, and the others one by one.
 */
public enum Extreme implements OverloadedFunction {
    GREATEST,
    LEAST;

    private static final Overloads METHODS = Overloads.of("ofTwo", Extreme.class);

    @Override
    public boolean strict() {
        return false;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Overloads methods() {
        return METHODS;
    }

    @Override
    public Optional<Method> direct(List<DataType> operands, DataType result) {
        return operands.size() == 2 ? OverloadedFunction.super.direct(operands, result) : Optional.empty();
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        @Nullable Object extreme = arguments[0];
        for (int i = 1; i < arguments.length; i++) {
            extreme = OverloadedFunction.super.apply(new @Nullable Object[] {extreme, arguments[i]});
        }
        return extreme;
    }

    public @Nullable Boolean ofTwo(@Nullable Boolean first, @Nullable Boolean second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Short ofTwo(@Nullable Short first, @Nullable Short second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Integer ofTwo(@Nullable Integer first, @Nullable Integer second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Long ofTwo(@Nullable Long first, @Nullable Long second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Float ofTwo(@Nullable Float first, @Nullable Float second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Double ofTwo(@Nullable Double first, @Nullable Double second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Decimal ofTwo(@Nullable Decimal first, @Nullable Decimal second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable String ofTwo(@Nullable String first, @Nullable String second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Bytes ofTwo(@Nullable Bytes first, @Nullable Bytes second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable UUID ofTwo(@Nullable UUID first, @Nullable UUID second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable ArrayValue ofTwo(@Nullable ArrayValue first, @Nullable ArrayValue second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Interval ofTwo(@Nullable Interval first, @Nullable Interval second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable TimeTz ofTwo(@Nullable TimeTz first, @Nullable TimeTz second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable Jsonb ofTwo(@Nullable Jsonb first, @Nullable Jsonb second) {
        return isSecond(first, second) ? second : first;
    }

    public @Nullable EnumLabel ofTwo(@Nullable EnumLabel first, @Nullable EnumLabel second) {
        return isSecond(first, second) ? second : first;
    }

    private boolean isSecond(@Nullable Object first, @Nullable Object second) {
        if (first == null || second == null) {
            return first == null;
        }
        int order = Values.compare(second, first);
        return this == GREATEST ? order > 0 : order < 0;
    }
}
