package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.type.TypeMapping;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** The planner's constants as values. */
final class Literals {
    private Literals() {}

    static Expression compile(RexLiteral literal) {
        DataType type = TypeMapping.toEngine(literal.getType());
        return new Expression.Literal(literal.isNull() ? null : value(literal, type), type);
    }

    private static @Nullable Object value(RexLiteral literal, DataType type) {
        return switch (type) {
            case BOOL -> Objects.requireNonNull(literal.getValueAs(Boolean.class));
            case INT2 -> number(literal).shortValueExact();
            case INT4 -> number(literal).intValueExact();
            case INT8 -> number(literal).longValueExact();
            case FLOAT4 -> number(literal).floatValue();
            case FLOAT8 -> number(literal).doubleValue();
            case NUMERIC -> Decimal.of(number(literal));
            case TEXT, CHAR -> Objects.requireNonNull(literal.getValueAs(String.class));
            case BYTEA ->
                new Bytes(Objects.requireNonNull(literal.getValueAs(ByteString.class))
                        .getBytes());
            case UUID -> Objects.requireNonNull(literal.getValueAs(UUID.class));
            default -> throw new IllegalStateException("a literal of type " + type);
            // Their text form is ISO's, with all digits; the planner's own conversion to numbers would drop
            // microseconds.
            case DATE -> parse(String.valueOf(literal.getValueAs(DateString.class)), type);
            case TIMESTAMP, TIMESTAMPTZ -> parse(String.valueOf(literal.getValueAs(TimestampString.class)), type);
        };
    }

    private static BigDecimal number(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    private static @Nullable Object parse(String text, DataType type) {
        Expression constant = new Expression.Literal(text, DataType.TEXT);
        return new Expression.Call(
                        Functions.conversion(DataType.TEXT, ColumnType.of(type)).orElseThrow(), List.of(constant), type)
                .evaluate(Row.EMPTY);
    }

    /** The row of these constants, as values of these types. */
    static Row row(List<RexLiteral> tuple, List<DataType> types) {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            RexLiteral literal = tuple.get(i);
            values[i] = literal.getTypeName() == SqlTypeName.NULL
                    ? null
                    : ExpressionCompiler.convert(compile(literal), types.get(i)).evaluate(Row.EMPTY);
        }
        return Row.owning(values);
    }

    static boolean isNull(Expression expression) {
        return expression instanceof Expression.Literal(Object value, DataType ignored) && value == null;
    }
}
