package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import org.jspecify.annotations.Nullable;

/** Negation and the tests of truth and of null. */
public enum Logic implements OverloadedFunction {
    NOT("not"),
    IS_NULL("isNull"),
    IS_NOT_NULL("isNotNull"),
    IS_TRUE("isTrue"),
    IS_NOT_TRUE("isNotTrue"),
    IS_FALSE("isFalse"),
    IS_NOT_FALSE("isNotFalse");

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Overloads methods;

    Logic(String method) {
        this.methods = Overloads.of(method, Logic.class);
    }

    @Override
    public boolean strict() {
        return this == NOT;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Overloads methods() {
        return methods;
    }

    public static boolean not(boolean value) {
        return !value;
    }

    public static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    public static boolean isNotNull(@Nullable Object value) {
        return value != null;
    }

    public static boolean isTrue(@Nullable Boolean value) {
        return value != null && value;
    }

    public static boolean isNotTrue(@Nullable Boolean value) {
        return value == null || !value;
    }

    public static boolean isFalse(@Nullable Boolean value) {
        return value != null && !value;
    }

    public static boolean isNotFalse(@Nullable Boolean value) {
        return value == null || value;
    }
}
