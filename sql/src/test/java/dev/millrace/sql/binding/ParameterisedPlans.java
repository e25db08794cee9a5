package dev.millrace.sql.binding;

import dev.millrace.dataflow.circuit.RandomPlans;
import dev.millrace.dataflow.circuit.RandomRows;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.function.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random plans with parameters: filters by them stand over tables, and here and there above. */
final class ParameterisedPlans {
    private static final int MAX_PARAMETERS = 4;

    private final Random random;
    private final boolean mayFail;
    private final List<DataType> types = new ArrayList<>();

    ParameterisedPlans(Random random, boolean mayFail) {
        this.random = random;
        this.mayFail = mayFail;
    }

    /** A plan that reads at least one parameter. */
    Plan plan(RandomPlans.Root root) {
        types.clear();
        Plan plan = with(new RandomPlans(random, mayFail).plan(root));
        return types.isEmpty() ? new Plan.Filter(plan, equality(plan)) : plan;
    }

    /** The parameters' types. */
    List<DataType> types() {
        return types;
    }

    /** Values for the parameters, now and then NULL. */
    Row values() {
        RandomRows rows = new RandomRows(random);
        return Row.owning(types.stream()
                .map(type -> random.nextInt(12) == 0 ? null : rows.value(type))
                .toArray());
    }

    private Plan with(Plan plan) {
        List<Plan> inputs = plan.inputs().stream().map(this::with).toList();
        Plan same = PlanExpressions.with(plan, inputs, PlanExpressions.of(plan));
        if (plan instanceof Plan.Table) {
            return random.nextInt(5) > 0 ? new Plan.Filter(same, conjunction(same)) : same;
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Plan.Filter(same, conjunction(same));
            case 2 -> new Plan.Filter(same, less(same));
            // A recursion that counts up has to go on doing so, or it does not end.
            case 3 -> StepPath.isOpen(same) ? same : new Plan.Project(same, shown(same));
            default -> same;
        };
    }

    private Expression conjunction(Plan input) {
        return random.nextInt(3) > 0
                ? equality(input)
                : new Expression.And(List.of(equality(input), random.nextBoolean() ? equality(input) : less(input)));
    }

    private Expression equality(Plan input) {
        Comparison comparison = random.nextInt(8) == 0 ? Comparison.NOT_DISTINCT : Comparison.EQUAL;
        return comparison(comparison, input);
    }

    private Expression less(Plan input) {
        return comparison(Comparison.LESS, input);
    }

    private Expression comparison(Comparison comparison, Plan input) {
        int column = random.nextInt(input.types().size());
        DataType type = input.types().get(column);
        Expression left = new Expression.Column(column, type);
        Expression right = parameter(type);
        return new Expression.Call(
                comparison, random.nextBoolean() ? List.of(left, right) : List.of(right, left), DataType.BOOL);
    }

    /** All columns, one of them with a parameter in its place. */
    private List<Expression> shown(Plan input) {
        List<Expression> expressions = new ArrayList<>(Carried.identity(input));
        int column = random.nextInt(expressions.size());
        expressions.set(column, parameter(input.types().get(column)));
        return expressions;
    }

    /** Often one that is there already. */
    private Expression parameter(DataType type) {
        List<Integer> same = IntStream.range(0, types.size())
                .filter(i -> types.get(i) == type)
                .boxed()
                .toList();
        if (!same.isEmpty() && (types.size() >= MAX_PARAMETERS || random.nextBoolean())) {
            return new Expression.Parameter(same.get(random.nextInt(same.size())), type);
        }
        types.add(type);
        return new Expression.Parameter(types.size() - 1, type);
    }
}
