package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;

/** Comparisons of two values of one type, in the order of {@link dev.millrace.dataflow.row.Values#compare}. */
public enum Comparison implements OverloadedFunction {
    EQUAL("=", "equal"),
    NOT_EQUAL("<>", "notEqual"),
    LESS("<", "less"),
    LESS_OR_EQUAL("<=", "lessOrEqual"),
    GREATER(">", "greater"),
    GREATER_OR_EQUAL(">=", "greaterOrEqual"),
    DISTINCT("is distinct from", "distinct"),
    NOT_DISTINCT("is not distinct from", "notDistinct");

    private final String symbol;

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Overloads methods;

    Comparison(String symbol, String method) {
        this.symbol = symbol;
        this.methods = Overloads.of(method, IntegerComparison.class, FloatComparison.class, ValueComparison.class);
    }

    @Override
    public boolean strict() {
        return this != DISTINCT && this != NOT_DISTINCT;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Overloads methods() {
        return methods;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
