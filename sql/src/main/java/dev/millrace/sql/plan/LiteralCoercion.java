package dev.millrace.sql.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Converts as Postgres does and no more: a quoted literal takes the type that its place wants, numbers and times widen, but a
 * text column never turns silently into a number, nor a number into text.
 */
final class LiteralCoercion extends TypeCoercionImpl {
    LiteralCoercion(RelDataTypeFactory factory, SqlValidator validator) {
        super(factory, validator);
    }

    /** A quoted literal takes the other side's type; two numbers are compared by the compiler, which knows how. */
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
            if (SqlTypeUtil.isNumeric(binding.getOperandType(0)) && SqlTypeUtil.isNumeric(binding.getOperandType(1))) {
                return false;
            }
        }
        return super.binaryComparisonCoercion(binding);
    }

    @Override
    protected boolean coerceOperandType(SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
        SqlNode operand = call.getOperandList().get(index);
        RelDataType type = validator.deriveType(scope, operand);
        if (SqlTypeUtil.isCharacter(type) != SqlTypeUtil.isCharacter(target) && !isQuoted(operand)) {
            return false;
        }
        return super.coerceOperandType(scope, call, index, target);
    }

    private static boolean isQuoted(SqlNode node) {
        return node instanceof SqlCharStringLiteral;
    }
}
