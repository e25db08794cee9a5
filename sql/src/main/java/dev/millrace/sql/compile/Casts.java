package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.type.PostgresTypeSystem;
import dev.millrace.sql.type.TypeMapping;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Compiles casts, those that are written and those that the planner put in. */
final class Casts {
    private Casts() {}

    /** @param operand the compiled operand of the cast */
    static Expression of(RexCall call, Expression operand) {
        RelDataType target = call.getType();
        RelDataType source = call.getOperands().getFirst().getType();
        if (SqlTypeUtil.equalSansNullability(target, source)) {
            return operand;
        }
        if (target.getSqlTypeName() == SqlTypeName.CHAR) {
            return padded(operand);
        }
        ColumnType type = targetOf(target);
        boolean literalNull = operand instanceof Expression.Literal(Object value, DataType ignored) && value == null;
        if (literalNull) {
            return new Expression.Literal(null, type.type());
        }
        boolean undeclaredArray = type.type().isArray()
                && type.precision() == ColumnType.UNDECLARED
                && type.labels().isEmpty();
        boolean unchanged = operand.type() == type.type()
                && (undeclaredArray || targetOf(source).equals(type));
        if (unchanged) {
            return operand;
        }
        if (type.type() == DataType.ENUM && operand instanceof Expression.Literal(Object value, DataType ignored)) {
            requireLabel(type, String.valueOf(value));
        }
        return ExpressionCompiler.fold(new Expression.Call(
                Functions.conversion(operand.type(), type)
                        .orElseThrow(() ->
                                unsupported("a cast from " + operand.type().sqlName() + " to " + type)),
                List.of(operand),
                type.type()));
    }

    private static void requireLabel(ColumnType type, String label) {
        if (type.labels().flatMap(labels -> labels.label(label)).isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNKNOWN_LABEL,
                    "invalid input value for enum " + type + ": \"" + label + "\""
                            + type.labels()
                                    .map(labels -> NearestName.suggestion(
                                            label,
                                            labels.labels().stream()
                                                    .map(EnumLabel::label)
                                                    .toList()))
                                    .orElse(""));
        }
    }

    /** A cast to char(n) that the planner put in. Of those only one that changes nothing is known. */
    private static Expression padded(Expression operand) {
        if (operand.type() == DataType.CHAR) {
            return operand;
        }
        if (operand instanceof Expression.Literal(Object value, DataType ignored) && value == null) {
            return new Expression.Literal(null, DataType.CHAR);
        }
        throw unsupported("a value of type " + operand.type().sqlName() + " where a char(n) is wanted");
    }

    /** What a cast's target stands for. */
    static ColumnType targetOf(RelDataType target) {
        DataType type = TypeMapping.toEngine(target);
        return switch (type) {
            case NUMERIC ->
                PostgresTypeSystem.isUndeclaredNumeric(target)
                        ? ColumnType.of(type)
                        : ColumnType.numeric(target.getPrecision(), target.getScale());
            case TEXT ->
                PostgresTypeSystem.isDeclaredText(target)
                        ? ColumnType.character(type, target.getPrecision())
                        : ColumnType.of(type);
            default -> type.isArray() ? arrayOf(target) : TypeMapping.toColumn(target);
        };
    }

    /** An array has what is declared of its elements. */
    private static ColumnType arrayOf(RelDataType array) {
        ColumnType element = targetOf(Objects.requireNonNull(array.getComponentType()));
        return new ColumnType(TypeMapping.toEngine(array), element.precision(), element.scale(), element.labels());
    }
}
