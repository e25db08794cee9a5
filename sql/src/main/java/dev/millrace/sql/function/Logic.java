package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import org.jspecify.annotations.Nullable;

/** Negation and the tests of truth and of null. */
public enum Logic implements Function {
    NOT,
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE;

    @Override
    public boolean strict() {
        return this == NOT;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        Object value = arguments[0];
        return switch (this) {
            case NOT -> Boolean.FALSE.equals(value);
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case IS_TRUE -> Boolean.TRUE.equals(value);
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(value);
            case IS_FALSE -> Boolean.FALSE.equals(value);
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(value);
        };
    }
}
