package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.type.TypeMapping;
import java.util.List;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** The number of rows that LIMIT or OFFSET says. */
final class RowCount {
    private RowCount() {}

    /**
     * The number as an int8; NULL if there is none.
     *
     * @param what LIMIT or OFFSET
     */
    static Expression of(@Nullable RexNode count, String what) {
        return switch (count) {
            case null -> new Expression.Literal(null, DataType.INT8);
            case RexLiteral literal ->
                new Expression.Literal(Long.parseLong(String.valueOf(literal.getValue())), DataType.INT8);
            case RexDynamicParam parameter -> ofParameter(parameter, what);
            default -> throw Refusal.unsupported("LIMIT or OFFSET of anything but a number or a parameter");
        };
    }

    private static Expression ofParameter(RexDynamicParam parameter, String what) {
        DataType type = TypeMapping.toEngine(parameter.getType());
        Expression value = new Expression.Parameter(parameter.getIndex(), type);
        return switch (type) {
            case INT8 -> value;
            case INT2, INT4 ->
                new Expression.Call(
                        Functions.conversion(type, ColumnType.of(DataType.INT8)).orElseThrow(),
                        List.of(value),
                        DataType.INT8);
            default ->
                throw Refusal.invalid("argument of " + what + " must be type bigint, not type " + type.sqlName());
        };
    }
}
