package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumType;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Static;

/**
 * All overloads of a name, as the validator sees them. It chooses among them as Postgres does, and casts arguments of unknown type (quoted literals, NULLs, parameters) to what the chosen one takes.
 */
public final class NamedFunction extends SqlFunction {
    /** Types that a value has in a comparison with one of a narrower type. */
    private static final Set<DataType> WIDE =
            EnumSet.of(DataType.INT4, DataType.INT8, DataType.NUMERIC, DataType.FLOAT8, DataType.TIMESTAMP);

    private final List<Overload> overloads;

    NamedFunction(String name, List<Overload> overloads) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.overloads = List.copyOf(overloads);
    }

    public List<Overload> overloads() {
        return overloads;
    }

    /** The overload that a call with arguments of these types means; the type of a quoted literal or NULL is unknown. */
    public Optional<Overload> resolve(List<Optional<DataType>> arguments) {
        return isOperator(getName())
                ? Resolution.ofOperator(overloads, arguments)
                : Resolution.of(overloads, arguments);
    }

    /** Whether a name is an operator's, which stands between its operands or before the one. */
    public static boolean isOperator(String name) {
        return !Character.isJavaIdentifierStart(name.charAt(0)) && name.charAt(0) != '"';
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        widenElements(validator, scope, call);
        List<RelDataType> types = new ArrayList<>();
        List<Optional<DataType>> known = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            RelDataType type = validator.deriveType(scope, operand);
            types.add(type);
            known.add(operand instanceof SqlCharStringLiteral ? Optional.empty() : known(type));
        }
        Optional<EnumType> labels = labels(types);
        Overload overload = resolve(known)
                .filter(found -> labels.isPresent()
                        || found.parameters().stream().flatMap(Optional::stream).noneMatch(NamedFunction::isLabelled))
                .orElseThrow(() ->
                        validator.newValidationError(call, Static.RESOURCE.validatorUnknownFunction(signature(known))));
        RelDataTypeFactory factory = validator.getTypeFactory();
        for (int i = 0; i < types.size(); i++) {
            DataType wanted = overload.parameter(i).orElse(DataType.TEXT);
            boolean text = wanted == DataType.TEXT && call.operand(i) instanceof SqlCharStringLiteral;
            if (known.get(i).isEmpty() && !text) {
                RelDataType type = planned(factory, wanted, labels, true);
                SqlNode cast = SqlStdOperatorTable.CAST.createCall(
                        call.operand(i).getParserPosition(),
                        call.operand(i),
                        TypeSpecs.of(type, call.operand(i).getParserPosition()));
                call.setOperand(i, cast);
                types.set(i, validator.deriveType(scope, cast));
            }
        }
        return resultType(factory, overload, types);
    }

    /** {@code int8 = ANY (int4[])} compares values of the type int8, as {@code int8 = int4} does. */
    private void widenElements(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        boolean quantified = isOperator(getName()) && getName().matches("[<>=]+(any|all)");
        if (!quantified || call.operand(0) instanceof SqlCharStringLiteral) {
            return;
        }
        Optional<DataType> value =
                known(validator.deriveType(scope, call.operand(0))).filter(WIDE::contains);
        Optional<DataType> array =
                known(validator.deriveType(scope, call.operand(1))).filter(DataType::isArray);
        boolean narrow = value.isPresent()
                && array.isPresent()
                && array.get().element() != value.get()
                && Resolution.isImplicit(array.get().element(), value.get());
        if (narrow) {
            SqlParserPos position = call.operand(1).getParserPosition();
            RelDataType wide =
                    planned(validator.getTypeFactory(), value.get().array().orElseThrow(), Optional.empty(), true);
            call.setOperand(
                    1, SqlStdOperatorTable.CAST.createCall(position, call.operand(1), TypeSpecs.of(wide, position)));
        }
    }

    private String signature(List<Optional<DataType>> arguments) {
        return arguments.stream()
                .map(type -> type.map(DataType::sqlName).orElse("unknown"))
                .collect(Collectors.joining(", ", getName() + "(", ")"));
    }

    /** Of operands that {@link #deriveType} has been through: what is a literal still is text. */
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        List<RelDataType> types = binding.collectOperandTypes();
        Overload overload = resolve(types.stream().map(NamedFunction::known).toList())
                .orElseThrow(() -> new IllegalStateException(getName() + " of " + types));
        return resultType(binding.getTypeFactory(), overload, types);
    }

    private static RelDataType resultType(RelDataTypeFactory factory, Overload overload, List<RelDataType> arguments) {
        boolean nullable =
                overload.nullable() || (overload.nullIn() && arguments.stream().anyMatch(RelDataType::isNullable));
        return planned(factory, overload.result(), labels(arguments), nullable);
    }

    /** The one enum type that there is among these types. */
    private static Optional<EnumType> labels(List<RelDataType> types) {
        List<EnumType> labels = types.stream()
                .flatMap(type -> TypeMapping.labels(type).stream())
                .distinct()
                .toList();
        return labels.size() == 1 ? Optional.of(labels.getFirst()) : Optional.empty();
    }

    private static RelDataType planned(
            RelDataTypeFactory factory, DataType type, Optional<EnumType> labels, boolean nullable) {
        ColumnType column =
                isLabelled(type) && labels.isPresent() ? ColumnType.labelled(type, labels.get()) : ColumnType.of(type);
        return TypeMapping.toPlanner((PostgresTypeFactory) factory, Optional.of(column), type.sqlName(), nullable);
    }

    private static boolean isLabelled(DataType type) {
        return type == DataType.ENUM || type == DataType.ENUM_ARRAY;
    }

    private static Optional<DataType> known(RelDataType type) {
        boolean unknown = type.getSqlTypeName() == SqlTypeName.NULL
                || type.getSqlTypeName() == SqlTypeName.UNKNOWN
                || type.getSqlTypeName() == SqlTypeName.ANY;
        return unknown ? Optional.empty() : Optional.of(TypeMapping.toEngine(type));
    }

    /** A parameter has the type that it is converted to here. */
    @Override
    public SqlOperandTypeInference getOperandTypeInference() {
        return (binding, returnType, operandTypes) -> {
            List<SqlNode> operands = binding.operands();
            if (operands.stream().noneMatch(SqlDynamicParam.class::isInstance)) {
                return;
            }
            List<Optional<DataType>> known = IntStream.range(0, operands.size())
                    .mapToObj(i -> operands.get(i) instanceof SqlDynamicParam
                                    || operands.get(i) instanceof SqlCharStringLiteral
                            ? Optional.<DataType>empty()
                            : known(binding.getOperandType(i)))
                    .toList();
            resolve(known).ifPresent(overload -> {
                for (int i = 0; i < operandTypes.length; i++) {
                    if (operands.get(i) instanceof SqlDynamicParam) {
                        operandTypes[i] = planned(
                                binding.getTypeFactory(),
                                overload.parameter(i).orElse(DataType.TEXT),
                                labels(binding.collectOperandTypes()),
                                true);
                    }
                }
            });
        };
    }
}
