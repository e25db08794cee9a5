package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan with parameters, numbered from 0 without gaps, and how their values are computed. Queries that differ in nothing but values have equal plans here, and share a circuit.
 *
 * @param values of each parameter what it is computed from: another's arguments, or constants
 */
public record Template(Plan plan, List<Expression> values) {
    public Template {
        values = List.copyOf(values);
    }

    /** Of a query's plan. What is computed of parameters alone becomes a parameter itself, so {@code $1::numeric} and {@code upper($2)} are computed once, of the arguments. */
    public static Template of(Plan plan) {
        List<Expression> parameters = new ArrayList<>();
        Plan numbered = PlanExpressions.replace(plan, expression -> gathered(expression, parameters));
        return new Template(numbered, parameters);
    }

    /** The parameters' types. */
    public List<DataType> types() {
        return values.stream().map(Expression::type).toList();
    }

    /**
     * The parameters' values.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if what is computed of these arguments has no value
     */
    public Row values(Row arguments) {
        return Row.owning(values.stream()
                .map(value -> substituted(value, arguments).evaluate(Row.EMPTY))
                .toArray());
    }

    /** The plan with constants for its parameters: the circuit of these values alone. */
    public Plan alone(Row parameters) {
        return PlanExpressions.replace(plan, expression -> substituted(expression, parameters));
    }

    private static Expression substituted(Expression expression, Row values) {
        return expression.replacingLeaves(leaf -> leaf instanceof Expression.Parameter(int index, DataType type)
                ? new Expression.Literal(values.get(index), type)
                : leaf);
    }

    private static Expression gathered(Expression expression, List<Expression> parameters) {
        boolean computed = expression instanceof Expression.Call && isOfParameters(expression);
        if (!expression.hasParameters()) {
            return expression;
        }
        if (computed || expression instanceof Expression.Parameter) {
            int index = parameters.indexOf(expression);
            if (index < 0) {
                index = parameters.size();
                parameters.add(expression);
            }
            return new Expression.Parameter(index, expression.type());
        }
        return expression.replacingOperands(operand -> gathered(operand, parameters));
    }

    private static boolean isOfParameters(Expression expression) {
        return !(expression instanceof Expression.Column)
                && expression.operands().stream().allMatch(Template::isOfParameters);
    }
}
