package dev.millrace.sql.plan;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlArrayValueConstructor;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** {@code ARRAY[…]} of values of a type that the planner cannot name, and therefore casts none of them to. */
final class EngineArray extends SqlArrayValueConstructor {
    static final EngineArray INSTANCE = new EngineArray();

    private EngineArray() {}

    /** Without a look for others of its name. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
        return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType element =
                Objects.requireNonNull(binding.getTypeFactory().leastRestrictive(binding.collectOperandTypes()));
        return SqlTypeUtil.createArrayType(binding.getTypeFactory(), element, false);
    }
}
