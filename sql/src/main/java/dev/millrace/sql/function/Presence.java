package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import org.jspecify.annotations.Nullable;

/** Whether the row is there that a value is computed of: the condition of a choice between the value and NULL. */
public enum Presence implements OverloadedFunction {
    /** Whether a column of a join's side that is never NULL there is not NULL: its row is one of that side, and no row of nulls in the place of a missing one. */
    PAIRED("paired"),
    /** Whether a scalar subquery has a row; that it has this many is a data error if they are several. */
    SINGLE("single");

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Overloads methods;

    Presence(String method) {
        this.methods = Overloads.of(method, Presence.class);
    }

    @Override
    public boolean strict() {
        return this == SINGLE;
    }

    @Override
    public boolean mayFail() {
        return this == SINGLE;
    }

    @Override
    public Overloads methods() {
        return methods;
    }

    public static boolean paired(@Nullable Object column) {
        return column != null;
    }

    public static boolean single(long rows) {
        if (rows > 1) {
            throw DataErrors.of("more than one row returned by a subquery used as an expression");
        }
        return rows == 1;
    }
}
