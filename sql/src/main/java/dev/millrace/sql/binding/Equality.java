package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Comparison;
import dev.millrace.sql.function.Conversion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition that a column, perhaps widened, is equal to a literal or a parameter.
 *
 * @param nullsMatch whether a NULL is equal to a NULL
 */
record Equality(Expression column, Expression value, boolean nullsMatch) {
    private static final Set<DataType> INTEGERS = Set.of(DataType.INT2, DataType.INT4, DataType.INT8);
    private static final Set<DataType> WIDER = Set.of(DataType.INT8, DataType.NUMERIC, DataType.FLOAT8);

    static Optional<Equality> of(Expression condition) {
        boolean equality = condition instanceof Expression.Call call
                && (call.function() == Comparison.EQUAL || call.function() == Comparison.NOT_DISTINCT);
        if (!equality) {
            return Optional.empty();
        }
        boolean nullsMatch = ((Expression.Call) condition).function() == Comparison.NOT_DISTINCT;
        Expression first = condition.operands().getFirst();
        Expression last = condition.operands().getLast();
        if (isColumn(first) && isValue(last)) {
            return Optional.of(new Equality(first, last, nullsMatch));
        }
        return isColumn(last) && isValue(first) ? Optional.of(new Equality(last, first, nullsMatch)) : Optional.empty();
    }

    /** The condition with another value, the column first. */
    Expression with(Expression other) {
        return new Expression.Call(
                nullsMatch ? Comparison.NOT_DISTINCT : Comparison.EQUAL, List.of(column, other), DataType.BOOL);
    }

    private static boolean isValue(Expression expression) {
        return expression instanceof Expression.Literal || expression instanceof Expression.Parameter;
    }

    /** What is compared is computed for all rows, so it is nothing that could fail for one. */
    private static boolean isColumn(Expression expression) {
        return switch (expression) {
            case Expression.Column ignored -> true;
            case Expression.Call(Conversion(DataType from, ColumnType to), List<Expression> operands, DataType type) ->
                operands.getFirst() instanceof Expression.Column
                        && INTEGERS.contains(from)
                        && WIDER.contains(type)
                        && to.precision() == ColumnType.UNDECLARED;
            default -> false;
        };
    }
}
