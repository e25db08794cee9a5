package dev.millrace.sql.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlCastFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** A cast from or to an array, which the planner knows of arrays alone. Whether there is such a cast the compiler says. */
final class ArrayCast extends SqlCastFunction {
    static final ArrayCast INSTANCE = new ArrayCast();

    private ArrayCast() {}

    /** Without a look for others of its name. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        validator.deriveType(scope, call.operand(0));
        return validateOperands(validator, scope, call);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType target = binding.getOperandType(1);
        RelDataType element = target.getComponentType();
        return factory.createTypeWithNullability(
                element == null
                        ? target
                        : factory.createArrayType(factory.createTypeWithNullability(element, true), -1),
                binding.getOperandType(0).isNullable());
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return true;
    }
}
