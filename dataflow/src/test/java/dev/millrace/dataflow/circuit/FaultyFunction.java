package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives its argument, but for 0 it has a bug that shows so many times. */
final class FaultyFunction implements Function {
    static final int ALWAYS = Integer.MAX_VALUE;

    private int failures;

    FaultyFunction(int failures) {
        this.failures = failures;
    }

    /** Of an int4 column. */
    Expression of(int column) {
        return new Expression.Call(this, List.of(new Expression.Column(column, DataType.INT4)), DataType.INT4);
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public Object apply(@Nullable Object[] arguments) {
        if (Integer.valueOf(0).equals(arguments[0]) && failures > 0) {
            failures--;
            throw new IllegalStateException("a bug");
        }
        return Objects.requireNonNull(arguments[0]);
    }

    @Override
    public boolean mayFail() {
        return false;
    }
}
