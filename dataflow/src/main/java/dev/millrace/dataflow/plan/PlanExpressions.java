package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import java.util.List;
import java.util.function.UnaryOperator;

/** The expressions of a plan, and the same plan with others. */
public final class PlanExpressions {
    private PlanExpressions() {}

    /** The expressions of this operator; not of its inputs. */
    public static List<Expression> of(Plan plan) {
        return switch (plan) {
            case Plan.Table ignored -> List.of();
            case Plan.Constant ignored -> List.of();
            case Plan.Clock ignored -> List.of();
            case Plan.Filter filter -> List.of(filter.condition());
            case Plan.Project project -> project.expressions();
            case Plan.FlatMap flatMap -> flatMap.arguments();
            case Plan.Join join -> join.residual().stream().toList();
            case Plan.Aggregate ignored -> List.of();
            case Plan.Distinct ignored -> List.of();
            case Plan.TopK topK -> topK.isSettled() ? List.of() : List.of(topK.skip(), topK.take());
            case Plan.SetOperation ignored -> List.of();
            case Plan.Window ignored -> List.of();
            case Plan.Timed ignored -> List.of();
            case Plan.UnionAll ignored -> List.of();
            case Plan.Fixpoint ignored -> List.of();
            case Plan.Recursion ignored -> List.of();
        };
    }

    /** Whether the operator or one below it reads a parameter. */
    public static boolean haveParameters(Plan plan) {
        return of(plan).stream().anyMatch(Expression::hasParameters)
                || plan.inputs().stream().anyMatch(PlanExpressions::haveParameters);
    }

    /** The plan with each expression replaced by what the function makes of it, the inputs' before an operator's own. */
    public static Plan replace(Plan plan, UnaryOperator<Expression> replacement) {
        List<Plan> inputs =
                plan.inputs().stream().map(input -> replace(input, replacement)).toList();
        return with(plan, inputs, of(plan).stream().map(replacement).toList());
    }

    /** The same operator over other inputs and with other expressions, in the places of {@link Plan#inputs} and {@link #of}. */
    public static Plan with(Plan plan, List<Plan> inputs, List<Expression> expressions) {
        return switch (plan) {
            case Plan.Table table -> table;
            case Plan.Constant constant -> constant;
            case Plan.Clock clock -> clock;
            case Plan.Filter ignored -> new Plan.Filter(inputs.getFirst(), expressions.getFirst());
            case Plan.Project ignored -> new Plan.Project(inputs.getFirst(), expressions);
            case Plan.FlatMap flatMap ->
                new Plan.FlatMap(inputs.getFirst(), flatMap.function(), expressions, flatMap.produced());
            case Plan.Join join ->
                new Plan.Join(
                        inputs.getFirst(),
                        inputs.getLast(),
                        join.kind(),
                        join.keys(),
                        expressions.stream().findFirst());
            case Plan.Aggregate aggregate -> new Plan.Aggregate(inputs.getFirst(), aggregate.keys(), aggregate.calls());
            case Plan.Distinct ignored -> new Plan.Distinct(inputs.getFirst());
            case Plan.TopK topK ->
                new Plan.TopK(
                        inputs.getFirst(),
                        topK.groups(),
                        topK.order(),
                        topK.isSettled() ? topK.skip() : expressions.getFirst(),
                        topK.isSettled() ? topK.take() : expressions.getLast(),
                        topK.numbered());
            case Plan.SetOperation set ->
                new Plan.SetOperation(inputs.getFirst(), inputs.getLast(), set.kind(), set.all());
            case Plan.Window window ->
                new Plan.Window(inputs.getFirst(), window.partition(), window.order(), window.calls());
            case Plan.Timed timed -> new Plan.Timed(inputs.getFirst(), timed.conditions());
            case Plan.UnionAll ignored -> new Plan.UnionAll(inputs);
            case Plan.Fixpoint fixpoint -> new Plan.Fixpoint(inputs.getFirst(), inputs.getLast(), fixpoint.all());
            case Plan.Recursion recursion -> recursion;
        };
    }
}
