package dev.millrace.sql.clock;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans that read the clock. */
public final class ClockPlans {
    private ClockPlans() {}

    /** Whether a plan depends on the time. */
    public static boolean readClock(Plan plan) {
        return PlanExpressions.of(plan).stream().anyMatch(Now::isIn)
                || plan.inputs().stream().anyMatch(ClockPlans::readClock);
    }

    /** The plan at one time, in microseconds since 1970. */
    public static Plan at(Plan plan, long now) {
        return PlanExpressions.replace(plan, expression -> at(expression, now));
    }

    /** The expression at one time. */
    public static Expression at(Expression expression, long now) {
        return Now.replace(expression, new Expression.Literal(now, DataType.TIMESTAMPTZ));
    }

    /**
     * The plan that keeps up with the time. Parts that do not depend on it stay as they are, to be shared with others that have them.
     *
     * @throws MillraceException {@code UNSUPPORTED_SQL} if rows would change all the time
     */
    public static Plan live(Plan plan) {
        return readClock(plan) ? timed(plan) : plan;
    }

    private static Plan timed(Plan plan) {
        List<Plan> inputs = plan.inputs().stream().map(ClockPlans::timed).toList();
        List<Expression> expressions = PlanExpressions.of(plan);
        if (expressions.stream().noneMatch(Now::isIn)) {
            return PlanExpressions.with(plan, inputs, expressions);
        }
        if (StepPath.isOpen(plan)) {
            throw unsupported("now() over the rows of a recursion");
        }
        return switch (plan) {
            case Plan.Filter filter -> filtered(inputs.getFirst(), filter.condition());
            case Plan.Project project ->
                TimedRows.of(inputs.getFirst(), project.expressions()).projected();
            case Plan.Join join
            when join.kind() == Plan.JoinKind.INNER -> {
                Plan pairs =
                        new Plan.Join(inputs.getFirst(), inputs.getLast(), join.kind(), join.keys(), Optional.empty());
                yield filtered(pairs, join.residual().orElseThrow());
            }
            case Plan.Join join ->
                throw unsupported(
                        "now() in the condition of an outer join, of EXISTS or of IN, over columns of both sides");
            default -> throw unsupported("now() as an argument of a set-returning function");
        };
    }

    /** What does not depend on the time is asked first. */
    private static Plan filtered(Plan input, Expression condition) {
        List<Expression> steady = new ArrayList<>();
        List<Expression> passing = new ArrayList<>();
        List<Expression> conjuncts =
                condition instanceof Expression.And(List<Expression> operands) ? operands : List.of(condition);
        conjuncts.forEach(conjunct -> (Now.isIn(conjunct) ? passing : steady).add(conjunct));
        Plan rows = steady.isEmpty() ? input : new Plan.Filter(input, conjunction(steady));
        return TimedRows.of(rows, List.of(conjunction(passing))).filtered();
    }

    private static Expression conjunction(List<Expression> conjuncts) {
        return conjuncts.size() == 1 ? conjuncts.getFirst() : new Expression.And(conjuncts);
    }

    static MillraceException unsupported(String what) {
        return new MillraceException(ErrorCode.UNSUPPORTED_SQL, what + " cannot be kept live yet");
    }
}
