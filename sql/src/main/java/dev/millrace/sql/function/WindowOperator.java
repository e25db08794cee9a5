package dev.millrace.sql.function;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/** A function that there is over windows only, as the validator sees it: with Postgres's type, and neither an order nor the lack of a frame asked for. */
public final class WindowOperator extends SqlAggFunction {
    private static final SqlReturnTypeInference VALUE = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference VALUE_OR_DEFAULT = binding -> binding.getTypeFactory()
            .createTypeWithNullability(
                    binding.getOperandCount() > 2
                            ? Objects.requireNonNullElse(
                                    binding.getTypeFactory()
                                            .leastRestrictive(
                                                    List.of(binding.getOperandType(0), binding.getOperandType(2))),
                                    binding.getOperandType(0))
                            : binding.getOperandType(0),
                    true);

    private static final Map<String, WindowOperator> BY_NAME = Stream.of(
                    new WindowOperator(SqlKind.ROW_NUMBER, ReturnTypes.BIGINT, 0, 0),
                    new WindowOperator(SqlKind.RANK, ReturnTypes.BIGINT, 0, 0),
                    new WindowOperator(SqlKind.DENSE_RANK, ReturnTypes.BIGINT, 0, 0),
                    new WindowOperator(SqlKind.PERCENT_RANK, ReturnTypes.DOUBLE, 0, 0),
                    new WindowOperator(SqlKind.CUME_DIST, ReturnTypes.DOUBLE, 0, 0),
                    new WindowOperator(SqlKind.NTILE, ReturnTypes.INTEGER_NULLABLE, 1, 1),
                    new WindowOperator(SqlKind.LAG, VALUE_OR_DEFAULT, 1, 3),
                    new WindowOperator(SqlKind.LEAD, VALUE_OR_DEFAULT, 1, 3),
                    new WindowOperator(SqlKind.FIRST_VALUE, VALUE, 1, 1),
                    new WindowOperator(SqlKind.LAST_VALUE, VALUE, 1, 1),
                    new WindowOperator(SqlKind.NTH_VALUE, VALUE, 2, 2))
            .collect(Collectors.toUnmodifiableMap(WindowOperator::getName, operator -> operator));

    private WindowOperator(SqlKind kind, SqlReturnTypeInference type, int fewest, int most) {
        this(kind, type, SqlOperandCountRanges.between(fewest, most));
    }

    private WindowOperator(SqlKind kind, SqlReturnTypeInference type, SqlOperandCountRange arguments) {
        super(
                kind.name(),
                null,
                kind,
                type,
                null,
                OperandTypes.variadic(arguments),
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                true,
                Optionality.FORBIDDEN);
    }

    /** Whether a name, in whatever case, is of such a function. */
    public static boolean isNamed(String name) {
        return !named(name).isEmpty();
    }

    /** The operators of this name: one or none. */
    static List<WindowOperator> named(String name) {
        WindowOperator found = BY_NAME.get(name.toUpperCase(Locale.ROOT));
        return found == null ? List.of() : List.of(found);
    }
}
