package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.ColumnPruning;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Has a correlated subquery evaluate what may be a data error for no rows but those that an outer row asks for, where that cannot wait until it is joined with them.
 *
 * <pre>
 *   left join on k is not distinct from k'      left join on k is not distinct from k'
 *     outer                                       outer
 *     aggregate by k': sum(a / b)       becomes   aggregate by k': sum(a / b)
 *       project k', a / b                           project k', a / b
 *         input                                       semi join on k' is not distinct from k
 *                                                       input
 *                                                       distinct k of outer
 * </pre>
 *
 * A decorrelated subquery is told by its keys: they are {@code IS NOT DISTINCT FROM} columns of the outer row. Derived tables are evaluated as a whole, in Postgres too.
 */
final class AskedRows {
    private final Plan asked;

    private AskedRows(Plan asked) {
        this.asked = asked;
    }

    /** The right side of a join that is NULLs where it has no row, or nothing. */
    static Plan only(Plan right, Plan left, Plan.JoinKind kind, List<Plan.JoinKey> keys) {
        boolean correlated = (kind == Plan.JoinKind.LEFT || kind == Plan.JoinKind.INNER)
                && !keys.isEmpty()
                && keys.stream().allMatch(Plan.JoinKey::nullsMatch);
        if (!correlated || !mayFail(ColumnPruning.prune(right))) {
            return right;
        }
        List<Expression> outer = keys.stream()
                .<Expression>map(
                        key -> new Expression.Column(key.left(), left.types().get(key.left())))
                .toList();
        Plan asked = new Plan.Distinct(new Plan.Project(left, outer));
        return new AskedRows(asked)
                .restricted(right, keys.stream().map(Plan.JoinKey::right).toList());
    }

    /** The same plan over fewer rows, or as it is if its rows are not told apart by these columns from below. */
    private Plan restricted(Plan plan, List<Integer> columns) {
        Optional<List<Integer>> below = below(plan, columns);
        if (below.isEmpty()) {
            return plan;
        }
        Plan input = plan.inputs().getFirst();
        boolean lower = mayFail(input) && below(input, below.get()).isPresent();
        Plan fewer = lower ? restricted(input, below.get()) : semiJoin(input, below.get());
        return PlanExpressions.with(plan, List.of(fewer), PlanExpressions.of(plan));
    }

    /** Where these columns come from, if whoever leaves out input rows by them leaves out just the rows with these values. */
    private static Optional<List<Integer>> below(Plan plan, List<Integer> columns) {
        List<Integer> same = switch (plan) {
            case Plan.Project project ->
                IntStream.range(0, project.types().size())
                        .map(column ->
                                project.expressions().get(column) instanceof Expression.Column(int index, var ignored)
                                        ? index
                                        : -1)
                        .boxed()
                        .toList();
            case Plan.Aggregate aggregate -> aggregate.keys();
            case Plan.Filter filter -> all(filter);
            case Plan.Distinct distinct -> all(distinct);
            case Plan.TopK topK ->
                all(topK).stream()
                        .map(column -> topK.groups().contains(column) ? column : -1)
                        .toList();
            case Plan.Window window ->
                all(window).stream()
                        .map(column -> window.partition().contains(column) ? column : -1)
                        .toList();
            default -> List.of();
        };
        List<Integer> mapped = new ArrayList<>();
        columns.forEach(column -> mapped.add(column < same.size() ? same.get(column) : -1));
        return mapped.contains(-1) ? Optional.empty() : Optional.of(mapped);
    }

    private Plan semiJoin(Plan input, List<Integer> columns) {
        // The decorrelation has already joined it with the values that are asked for.
        if (input instanceof Plan.Join join
                && join.kind() == Plan.JoinKind.INNER
                && join.inputs().stream().anyMatch(this::isAsked)) {
            return input;
        }
        List<Plan.JoinKey> keys = IntStream.range(0, columns.size())
                .mapToObj(i -> new Plan.JoinKey(columns.get(i), i, true))
                .toList();
        return new Plan.Join(input, asked, Plan.JoinKind.SEMI, keys, Optional.empty());
    }

    private boolean isAsked(Plan plan) {
        Plan rows = ColumnPruning.prune(plan);
        Plan wanted = ColumnPruning.prune(asked);
        return rows.equals(wanted) || rows.equals(wanted.inputs().getFirst());
    }

    private static List<Integer> all(Plan plan) {
        return IntStream.range(0, plan.types().size()).boxed().toList();
    }

    /** Whether an expression of the plan may be a data error; sums that are out of range are left aside. */
    private static boolean mayFail(Plan plan) {
        return PlanExpressions.of(plan).stream().anyMatch(Expression::mayFail)
                || (plan instanceof Plan.FlatMap flatMap && flatMap.function().mayFail())
                || plan.inputs().stream().anyMatch(AskedRows::mayFail);
    }
}
