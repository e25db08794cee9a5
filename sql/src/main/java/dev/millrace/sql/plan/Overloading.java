package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.type.EngineType;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Gives operators of the planner's the meaning that they have for operands of types that it has no rules for, before it looks at them. */
final class Overloading {
    private static final Set<SqlKind> OVERLOADED =
            EnumSet.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MINUS_PREFIX);

    /** Whose operands are all of one type. */
    private static final Set<SqlKind> OF_ONE_TYPE = EnumSet.of(
            SqlKind.ARRAY_VALUE_CONSTRUCTOR, SqlKind.GREATEST, SqlKind.LEAST, SqlKind.GREATEST_PG, SqlKind.LEAST_PG);

    /** Of which the planner does not know that they are texts beside a text. */
    private static final Set<SqlTypeName> BESIDE_TEXT = EnumSet.of(
            SqlTypeName.BOOLEAN,
            SqlTypeName.UUID,
            SqlTypeName.SMALLINT,
            SqlTypeName.INTEGER,
            SqlTypeName.BIGINT,
            SqlTypeName.DECIMAL,
            SqlTypeName.REAL,
            SqlTypeName.FLOAT,
            SqlTypeName.DOUBLE);

    private final SqlValidator validator;

    Overloading(SqlValidator validator) {
        this.validator = validator;
    }

    void apply(SqlValidatorScope scope, SqlNode node) {
        if (!(node instanceof SqlBasicCall call) || call.getOperator() instanceof NamedFunction) {
            return;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.CAST)) {
            cast(scope, call);
        } else if (OF_ONE_TYPE.contains(call.getKind())) {
            ofOneType(scope, call);
        } else if (call.getOperator().equals(SqlStdOperatorTable.CONCAT)) {
            concatenation(scope, call);
        } else if (call.getKind() == SqlKind.ITEM && isJsonb(validator.deriveType(scope, call.operand(0)))) {
            FunctionRegistry.BUILT_IN.find("->").ifPresent(call::setOperator);
        } else if (OVERLOADED.contains(call.getKind())
                && types(scope, call).stream().anyMatch(Overloading::isOurs)) {
            FunctionRegistry.BUILT_IN.find(call.getOperator().getName()).ifPresent(call::setOperator);
        }
    }

    private List<RelDataType> types(SqlValidatorScope scope, SqlBasicCall call) {
        return call.getOperandList().stream()
                .map(operand -> validator.deriveType(scope, operand))
                .toList();
    }

    private void cast(SqlValidatorScope scope, SqlBasicCall call) {
        boolean toArray = call.operand(1) instanceof SqlDataTypeSpec target
                && target.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec;
        boolean fromArray = !(call.operand(0) instanceof SqlDynamicParam)
                && SqlTypeUtil.isArray(validator.deriveType(scope, call.operand(0)));
        if (toArray || fromArray) {
            call.setOperator(ArrayCast.INSTANCE);
        }
    }

    private void ofOneType(SqlValidatorScope scope, SqlBasicCall call) {
        RelDataTypeFactory factory = validator.getTypeFactory();
        RelDataType common = factory.leastRestrictive(types(scope, call));
        if (common == null || !EngineType.isOne(common)) {
            return;
        }
        for (int i = 0; i < call.operandCount(); i++) {
            if (!EngineType.isOne(validator.deriveType(scope, call.operand(i)))) {
                cast(call, i, common);
            }
        }
        if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            call.setOperator(EngineArray.INSTANCE);
        }
    }

    /** Arrays and jsonb are concatenated as such; beside a text, values of all other types are texts. */
    private void concatenation(SqlValidatorScope scope, SqlBasicCall call) {
        List<RelDataType> types = types(scope, call);
        if (types.stream().anyMatch(Overloading::isContainer)) {
            FunctionRegistry.BUILT_IN.find(call.getOperator().getName()).ifPresent(call::setOperator);
        } else if (types.stream().anyMatch(SqlTypeUtil::isCharacter)) {
            for (int i = 0; i < types.size(); i++) {
                if (isOurs(types.get(i)) || BESIDE_TEXT.contains(types.get(i).getSqlTypeName())) {
                    cast(call, i, validator.getTypeFactory().createSqlType(SqlTypeName.VARCHAR));
                }
            }
        }
    }

    private static void cast(SqlBasicCall call, int index, RelDataType type) {
        SqlNode operand = call.operand(index);
        SqlParserPos position = operand.getParserPosition();
        call.setOperand(index, SqlStdOperatorTable.CAST.createCall(position, operand, TypeSpecs.of(type, position)));
    }

    private static boolean isOurs(RelDataType type) {
        return SqlTypeUtil.isDatetime(type) || EngineType.isOne(type);
    }

    /** Whether values of a type are concatenated as such and not as texts. */
    private static boolean isContainer(RelDataType type) {
        return SqlTypeUtil.isArray(type) || isJsonb(type);
    }

    private static boolean isJsonb(RelDataType type) {
        return EngineType.isOne(type) && TypeMapping.toEngine(type) == DataType.JSONB;
    }
}
