package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * {@code NULLIF}: NULL if both are equal, else the first, in the type in which they were compared: {@code nullif(1, 2.5)} is a numeric. The planner's own is a CASE of the first one's type.
 */
public final class Nullif extends SqlFunction {
    public static final Nullif FUNCTION = new Nullif();

    private static final Set<DataType> INTEGERS = EnumSet.of(DataType.INT2, DataType.INT4, DataType.INT8);
    private static final Set<DataType> FLOATS = EnumSet.of(DataType.FLOAT4, DataType.FLOAT8);

    private Nullif() {
        super(
                "nullif",
                SqlKind.OTHER_FUNCTION,
                null,
                InferTypes.FIRST_KNOWN,
                OperandTypes.ANY_ANY,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType[] types = new RelDataType[2];
        for (int i = 0; i < types.length; i++) {
            types[i] = validator.deriveType(scope, call.operand(i));
        }
        for (int i = 0; i < types.length; i++) {
            RelDataType other = types[1 - i];
            SqlNode operand = call.operand(i);
            boolean unknown = isUnknown(operand, types[i]) && !isUnknown(call.operand(1 - i), other);
            if (unknown && !(operand instanceof SqlCharStringLiteral && SqlTypeUtil.isCharacter(other))) {
                SqlParserPos position = operand.getParserPosition();
                call.setOperand(
                        i, SqlStdOperatorTable.CAST.createCall(position, operand, TypeSpecs.of(other, position)));
                types[i] = validator.deriveType(scope, call.operand(i));
            }
        }
        return resultType(validator.getTypeFactory(), types[0], types[1]);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        return resultType(binding.getTypeFactory(), binding.getOperandType(0), binding.getOperandType(1));
    }

    private static boolean isUnknown(SqlNode operand, RelDataType type) {
        return operand instanceof SqlCharStringLiteral || type.getSqlTypeName() == SqlTypeName.NULL;
    }

    private static RelDataType resultType(RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        boolean unknown = left.getSqlTypeName() == SqlTypeName.NULL || right.getSqlTypeName() == SqlTypeName.NULL;
        DataType type = unknown ? null : promoted(TypeMapping.toEngine(left), TypeMapping.toEngine(right));
        RelDataType result = type == null || type == TypeMapping.toEngine(left)
                ? left
                : TypeMapping.toPlanner(
                        (PostgresTypeFactory) factory, Optional.of(ColumnType.of(type)), type.sqlName(), true);
        return factory.createTypeWithNullability(result, true);
    }

    /** The type of the first operand of the equality that Postgres finds: integers are compared with one another as they are, and a float with any number. */
    private static DataType promoted(DataType left, DataType right) {
        boolean asItIs = !Arithmetic.supports(left)
                || FLOATS.contains(left)
                || (INTEGERS.contains(left) && INTEGERS.contains(right));
        return asItIs ? left : Functions.comparable(left, right).orElse(left);
    }
}
