package dev.millrace.sql.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
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

    @Override
    protected boolean coerceOperandType(SqlValidatorScope scope, SqlCall call, int index, RelDataType target) {
        SqlNode operand = call.getOperandList().get(index);
        RelDataType type = validator.deriveType(scope, operand);
        if (SqlTypeUtil.isCharacter(type) != SqlTypeUtil.isCharacter(target) && !isQuotedLiteral(operand)) {
            return false;
        }
        return super.coerceOperandType(scope, call, index, target);
    }

    private static boolean isQuotedLiteral(SqlNode node) {
        return node instanceof SqlLiteral || node.getKind() == SqlKind.CAST && isCastOfLiteral(node);
    }

    private static boolean isCastOfLiteral(SqlNode node) {
        return node instanceof SqlCall call && call.operand(0) instanceof SqlLiteral;
    }
}
