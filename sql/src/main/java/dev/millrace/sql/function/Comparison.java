package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Values;
import org.jspecify.annotations.Nullable;

/** Comparisons of two values of one type, by {@link Values#compare}. */
public enum Comparison implements Function {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    DISTINCT("is distinct from"),
    NOT_DISTINCT("is not distinct from");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    @Override
    public boolean strict() {
        return this != DISTINCT && this != NOT_DISTINCT;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        int order = Values.compare(arguments[0], arguments[1]);
        return switch (this) {
            case EQUAL, NOT_DISTINCT -> order == 0;
            case NOT_EQUAL, DISTINCT -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    @Override
    public String toString() {
        return symbol;
    }
}
