package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlCountAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;
import org.apache.calcite.util.Static;

/**
 * An aggregate that the planner does not know, or has other types for. What an ordered set is sorted by is the last argument as well: {@code percentile_disc(0.5, x) WITHIN GROUP (ORDER BY x)}.
 */
public final class AggregateOperator extends SqlAggFunction {
    private static final SqlReturnTypeInference VALUE = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference FLOAT8 = ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE);

    /** As a count it is 0 over nothing, which the planner has to know. */
    private static final SqlAggFunction PAIRS = new SqlCountAggFunction("REGR_COUNT", OperandTypes.NUMERIC_NUMERIC);

    /** Are NULL over no rows, where the planner's own are not. */
    public static final SqlAggFunction ARRAY_AGG =
            ofOrder("ARRAY_AGG", SqlKind.ARRAY_AGG, ReturnTypes.TO_ARRAY, OperandTypes.ANY);

    public static final SqlAggFunction STRING_AGG =
            ofOrder("STRING_AGG", SqlKind.STRING_AGG, ReturnTypes.ARG0, OperandTypes.STRING_STRING);

    private static final Map<String, SqlAggFunction> BY_NAME = Stream.of(
                    Stream.of(
                            PAIRS,
                            ARRAY_AGG,
                            STRING_AGG,
                            new IntervalAggregates.Sum(),
                            new IntervalAggregates.Average()),
                    Stream.of("BIT_AND", "BIT_OR", "BIT_XOR", "ANY_VALUE")
                            .map(name -> new AggregateOperator(name, VALUE, 1, Optionality.FORBIDDEN)),
                    Stream.of(
                                    "CORR",
                                    "COVAR_POP",
                                    "COVAR_SAMP",
                                    "REGR_AVGX",
                                    "REGR_AVGY",
                                    "REGR_SXX",
                                    "REGR_SYY",
                                    "REGR_SXY",
                                    "REGR_SLOPE",
                                    "REGR_INTERCEPT",
                                    "REGR_R2")
                            .map(name -> new AggregateOperator(name, FLOAT8, 2, Optionality.FORBIDDEN)),
                    Stream.of(
                            new AggregateOperator("MODE", VALUE, 1, Optionality.MANDATORY),
                            new AggregateOperator(
                                    "PERCENTILE_CONT", binding -> percentiles(binding, true), 2, Optionality.MANDATORY),
                            new AggregateOperator(
                                    "PERCENTILE_DISC",
                                    binding -> percentiles(binding, false),
                                    2,
                                    Optionality.MANDATORY)))
            .flatMap(operators -> operators)
            .collect(Collectors.toUnmodifiableMap(SqlAggFunction::getName, operator -> operator));

    private AggregateOperator(String name, SqlReturnTypeInference type, int arguments, Optionality withinGroup) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                type,
                null,
                arguments == 1 ? OperandTypes.ANY : OperandTypes.ANY_ANY,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                withinGroup);
    }

    /** An aggregate whose arguments may end with ORDER BY. */
    private static SqlAggFunction ofOrder(
            String name, SqlKind kind, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
        return SqlBasicAggFunction.create(name, kind, type.andThen(SqlTypeTransforms.FORCE_NULLABLE), operands)
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withSyntax(SqlSyntax.ORDERED_FUNCTION)
                .withAllowsNullTreatment(kind == SqlKind.ARRAY_AGG);
    }

    /** The operator of this name, in whatever case. */
    public static Optional<SqlAggFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)));
    }

    /** Whether an aggregate of this name is of an ordered set. */
    public static boolean isOfOrderedSet(String name) {
        return named(name)
                .map(operator -> operator.requiresGroupOrder() == Optionality.MANDATORY)
                .orElse(false);
    }

    /** Of one fraction a value, of an array of fractions an array. */
    private static RelDataType percentiles(SqlOperatorBinding binding, boolean continuous) {
        PostgresTypeFactory factory = (PostgresTypeFactory) binding.getTypeFactory();
        RelDataType value = binding.getOperandType(1);
        DataType type = TypeMapping.toEngine(value);
        if (continuous) {
            type = type == DataType.INTERVAL || type == DataType.TIME ? DataType.INTERVAL : DataType.FLOAT8;
        }
        boolean several = binding.getOperandType(0).getSqlTypeName() == SqlTypeName.ARRAY;
        if (!several && !continuous) {
            return factory.createTypeWithNullability(value, true);
        }
        DataType result = several
                ? type.array()
                        .orElseThrow(() -> binding.newError(Static.RESOURCE.validatorUnknownFunction(
                                binding.getOperator().getName())))
                : type;
        return TypeMapping.toPlanner(factory, Optional.of(ColumnType.of(result)), result.sqlName(), true);
    }
}
