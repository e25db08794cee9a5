package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.type.EngineType;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Converts as Postgres does and no more: a quoted literal takes the type that its place wants, numbers and times widen, but a
 * text column never turns silently into a number, nor a number into text.
 */
final class LiteralCoercion extends TypeCoercionImpl {
    private static final int BETWEEN_OPERANDS = 3;

    LiteralCoercion(RelDataTypeFactory factory, SqlValidator validator) {
        super(factory, validator);
    }

    /** A quoted literal takes the other side's type; two numbers or two texts are compared by the compiler, which knows how. */
    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        List<SqlNode> operands = binding.operands();
        if (operands.size() == 2) {
            for (int i = 0; i < 2; i++) {
                RelDataType other = binding.getOperandType(1 - i);
                if (isQuoted(operands.get(i)) && !SqlTypeUtil.isCharacter(other)) {
                    return coerceOperandType(binding.getScope(), binding.getCall(), i, other);
                }
            }
            if (!isNull(binding, 0) && !isNull(binding, 1)) {
                requireComparable(binding, 1);
            }
            if (bothAre(SqlTypeUtil::isNumeric, binding) || bothAre(SqlTypeUtil::isCharacter, binding)) {
                return false;
            }
        }
        if (operands.size() == BETWEEN_OPERANDS && EngineType.isOne(binding.getOperandType(0))) {
            for (int i = 1; i < operands.size(); i++) {
                if (isQuoted(operands.get(i))) {
                    coerceOperandType(binding.getScope(), binding.getCall(), i, binding.getOperandType(0));
                }
            }
        }
        for (int i = 1; i < operands.size(); i++) {
            boolean literal = isQuoted(operands.get(0)) || isQuoted(operands.get(i));
            if (!literal && !isNull(binding, 0) && !isNull(binding, i)) {
                requireComparable(binding, i);
            }
        }
        return super.binaryComparisonCoercion(binding);
    }

    /** Quoted literals beside a char(n) column are of its type; all else finds its common type as the planner does it. */
    @Override
    public boolean inOperationCoercion(SqlCallBinding binding) {
        boolean blankPadded = binding.getOperandType(0).getSqlTypeName() == SqlTypeName.CHAR;
        boolean quoted =
                binding.operand(1) instanceof SqlNodeList list && list.stream().allMatch(LiteralCoercion::isQuoted);
        RelDataType left = binding.getOperandType(0);
        boolean unconvertible = EngineType.isOne(left) || left.getSqlTypeName() == SqlTypeName.UUID;
        if (quoted && unconvertible && binding.operand(1) instanceof SqlNodeList items) {
            for (int i = 0; i < items.size(); i++) {
                items.set(i, castTo(left, items.get(i)));
            }
            validator.setValidatedNodeType(items, left);
            return true;
        }
        return !(blankPadded && quoted) && super.inOperationCoercion(binding);
    }

    /** The columns of a set operation are never turned from text into something else, or the other way round. */
    @Override
    public boolean rowTypeCoercion(SqlValidatorScope scope, SqlNode query, int column, RelDataType target) {
        RelDataType type =
                validator.getValidatedNodeType(query).getFieldList().get(column).getType();
        boolean unknown = type.getSqlTypeName() == SqlTypeName.NULL;
        return (unknown || SqlTypeUtil.isCharacter(type) == SqlTypeUtil.isCharacter(target))
                && super.rowTypeCoercion(scope, query, column, target);
    }

    @Override
    protected boolean coerceOperandType(SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
        SqlNode operand = call.getOperandList().get(index);
        RelDataType type = validator.deriveType(scope, operand);
        boolean narrowing = SqlTypeUtil.isApproximateNumeric(type) && SqlTypeUtil.isExactNumeric(target);
        boolean foreign = SqlTypeUtil.isCharacter(type) != SqlTypeUtil.isCharacter(target) && !isQuoted(operand);
        if (narrowing || foreign) {
            return false;
        }
        if (EngineType.isOne(target)) {
            call.setOperand(index, castTo(target, operand));
            return true;
        }
        return super.coerceOperandType(scope, call, index, target);
    }

    /** As for a call's operands, for the items of a list: the branches of a CASE, the right side of IN. */
    @Override
    protected boolean coerceColumnType(SqlValidatorScope scope, SqlNodeList items, int index, RelDataType target) {
        RelDataType type = validator.deriveType(scope, items.get(index));
        boolean convertible = SqlTypeUtil.isCharacter(type) == SqlTypeUtil.isCharacter(target)
                || isQuoted(items.get(index))
                || type.getSqlTypeName() == SqlTypeName.NULL;
        if (convertible && EngineType.isOne(target)) {
            items.set(index, castTo(target, items.get(index)));
            return true;
        }
        return convertible && super.coerceColumnType(scope, items, index, target);
    }

    private SqlNode castTo(RelDataType target, SqlNode operand) {
        SqlParserPos position = operand.getParserPosition();
        SqlNode cast = SqlStdOperatorTable.CAST.createCall(position, operand, TypeSpecs.of(target, position));
        updateInferredType(cast, target);
        return cast;
    }

    private static void requireComparable(SqlCallBinding binding, int operand) {
        DataType left = TypeMapping.toEngine(binding.getOperandType(0));
        DataType right = TypeMapping.toEngine(binding.getOperandType(operand));
        boolean otherLabels = !TypeMapping.labels(binding.getOperandType(0))
                .equals(TypeMapping.labels(binding.getOperandType(operand)));
        if (Functions.comparable(left, right).isEmpty() || otherLabels) {
            throw binding.newValidationSignatureError();
        }
    }

    private static boolean isNull(SqlCallBinding binding, int operand) {
        return binding.getOperandType(operand).getSqlTypeName() == SqlTypeName.NULL;
    }

    private static boolean bothAre(Predicate<RelDataType> kind, SqlCallBinding binding) {
        return kind.test(binding.getOperandType(0)) && kind.test(binding.getOperandType(1));
    }

    private static boolean isQuoted(SqlNode node) {
        return node instanceof SqlCharStringLiteral;
    }
}
