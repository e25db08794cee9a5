package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** How large a plan may be, since whoever may write text could otherwise have any amount of memory used. */
final class PlanSize {
    /** Operators and expressions together. */
    private static final int MAX_NODES = 50_000;

    private int nodes;

    private PlanSize() {}

    /**
     * Sees that a plan is not too large.
     *
     * @throws MillraceException {@code PLAN_TOO_LARGE}
     */
    static void require(Plan plan) {
        new PlanSize().count(plan);
    }

    private void count(Plan plan) {
        add(1);
        PlanExpressions.of(plan).forEach(this::count);
        plan.inputs().forEach(this::count);
    }

    private void count(Expression expression) {
        add(1);
        expression.operands().forEach(this::count);
    }

    private void add(int more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new MillraceException(
                    ErrorCode.PLAN_TOO_LARGE,
                    "the query has more than " + MAX_NODES + " operators and expressions; split it up");
        }
    }
}
