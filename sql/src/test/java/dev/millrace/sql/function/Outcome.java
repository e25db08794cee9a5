package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of a call: a value, told from all others that a reader could tell it from, or a data error. */
record Outcome(
        @Nullable Object value,
        @Nullable ErrorCode code,
        @Nullable String message) {
    static Outcome ofApply(Function function, @Nullable Object[] arguments) {
        try {
            return new Outcome(function.apply(arguments), null, null);
        } catch (MillraceException e) {
            return new Outcome(null, e.code(), e.getMessage());
        }
    }

    static Outcome ofDirect(Method method, Function function, @Nullable Object[] arguments) {
        try {
            return new Outcome(method.invoke(function, arguments), null, null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof MillraceException failure) {
                return new Outcome(null, failure.code(), failure.getMessage());
            }
            throw new AssertionError(method + " failed otherwise than with a data error", e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " cannot be called", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outcome that
                && Values.identical(value, that.value)
                && code == that.code
                && Objects.equals(message, that.message);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, code, message);
    }
}
