package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;

/** The operator {@code ||} of two texts. */
public enum Concatenation implements OverloadedFunction {
    INSTANCE;

    private static final Overloads METHODS = Overloads.of("concatenate", Concatenation.class);

    @Override
    public String toString() {
        return "CONCAT_OPERATOR";
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Overloads methods() {
        return METHODS;
    }

    public static String concatenate(String left, String right) {
        return left + right;
    }
}
