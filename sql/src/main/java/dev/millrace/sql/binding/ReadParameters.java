package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which parameters a part of a plan reads, beside those that are read above it. */
final class ReadParameters {
    private ReadParameters() {}

    /** With the parameters that this operator reads itself. */
    static SortedSet<Integer> with(SortedSet<Integer> above, Plan plan) {
        SortedSet<Integer> all = new TreeSet<>(above);
        PlanExpressions.of(plan).forEach(expression -> collect(expression, all));
        return all;
    }

    /** With the parameters that this operator and those below it read. */
    static SortedSet<Integer> withAll(SortedSet<Integer> above, Plan plan) {
        SortedSet<Integer> all = with(above, plan);
        for (Plan input : plan.inputs()) {
            all = withAll(all, input);
        }
        return all;
    }

    private static void collect(Expression expression, SortedSet<Integer> parameters) {
        if (expression instanceof Expression.Parameter parameter) {
            parameters.add(parameter.index());
        }
        expression.operands().forEach(operand -> collect(operand, parameters));
    }
}
