package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** A number of rows as an expression of type int8: a literal, or computed of parameters that have no values yet. */
final class RowBound {
    private RowBound() {}

    static Expression of(long count) {
        return new Expression.Literal(count, DataType.INT8);
    }

    /**
     * The literal that an expression comes to, if its parameters have values.
     *
     * @param absent what NULL stands for
     * @throws MillraceException {@code DATA_ERROR} if it is negative
     */
    static Expression settled(Expression count, long absent, String what) {
        if (count.hasParameters()) {
            return count;
        }
        @Nullable Long value = (Long) count.evaluate(Row.EMPTY);
        if (value != null && value < 0) {
            throw new MillraceException(ErrorCode.DATA_ERROR, what + " must not be negative");
        }
        return of(value == null ? absent : value);
    }

    static long value(Expression count) {
        if (!(count instanceof Expression.Literal(Long value, var ignored))) {
            throw new IllegalStateException("a parameter of a number of rows has no value");
        }
        return value;
    }
}
