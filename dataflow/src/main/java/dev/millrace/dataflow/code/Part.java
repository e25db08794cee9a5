package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in an expression for a part of it that has a method of its own.
 *
 * @param method the name of the method
 * @param isCondition whether the method only says if the part is TRUE
 */
record Part(String method, boolean isCondition) implements Function {
    /** The expression that stands for one. */
    static Expression standingFor(Expression expression, String method, boolean isCondition) {
        return new Expression.Call(new Part(method, isCondition), List.of(), expression.type());
    }

    @Override
    public String name() {
        return method;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        throw new IllegalStateException("only generated code has parts");
    }
}
