package dev.millrace.sql.plan;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** Finds the outer rows that an expression speaks of, also within its subqueries. */
final class CorrelationVariables extends RexVisitorImpl<@Nullable Void> {
    private final Set<CorrelationId> found = new HashSet<>();

    private CorrelationVariables() {
        super(true);
    }

    static Set<CorrelationId> of(RexNode expression) {
        CorrelationVariables variables = new CorrelationVariables();
        expression.accept(variables);
        return variables.found;
    }

    @Override
    public @Nullable Void visitCorrelVariable(RexCorrelVariable variable) {
        found.add(variable.id);
        return null;
    }

    @Override
    public @Nullable Void visitSubQuery(RexSubQuery subquery) {
        found.addAll(RelOptUtil.getVariablesUsed(subquery.rel));
        return super.visitSubQuery(subquery);
    }
}
