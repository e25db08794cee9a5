package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.function.ArrayFunction;
import dev.millrace.sql.function.Logic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The direct argument of percentiles: a fraction, or an array of fractions; a constant. */
final class Fractions {
    private Fractions() {}

    /** The constant that a column is. */
    static @Nullable Object constant(Plan input, int column) {
        if (input instanceof Plan.Project project
                && project.expressions().get(column).columns().isEmpty()) {
            return project.expressions().get(column).evaluate(Row.EMPTY);
        }
        throw Refusal.unsupported("a percentile of a fraction that is not a constant");
    }

    /**
     * A percentile, or an array of them.
     *
     * @param type of the values
     * @param percentile the aggregate of a fraction
     */
    static Expression percentiles(@Nullable Object given, DataType type, Function<Double, Expression> percentile) {
        if (!(given instanceof ArrayValue fractions)) {
            return percentile(given, type, percentile);
        }
        List<Expression> all = new ArrayList<>();
        for (Object fraction : fractions.values()) {
            all.add(percentile(fraction, type, percentile));
        }
        Expression array = new Expression.Call(
                new ArrayFunction.Constructor(type), all, type.array().orElseThrow());
        Expression first = all.stream()
                .filter(Expression.Column.class::isInstance)
                .findFirst()
                .orElseGet(() -> percentile.apply(0.0));
        Expression some = new Expression.Call(Logic.IS_NOT_NULL, List.of(first), DataType.BOOL);
        return LateProjections.orNull(some, array);
    }

    private static Expression percentile(
            @Nullable Object fraction, DataType type, Function<Double, Expression> percentile) {
        return switch (fraction) {
            case null -> new Expression.Literal(null, type);
            case Decimal decimal -> percentile.apply(valid(decimal.doubleValue()));
            case Number number -> percentile.apply(valid(number.doubleValue()));
            default -> throw Refusal.invalid("the fraction of a percentile must be a number");
        };
    }

    private static double valid(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw Refusal.invalid("percentile value " + fraction + " is not between 0 and 1");
        }
        return fraction;
    }
}
