package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Turns a condition on a subquery into a semi or anti join, whether correlated or not, if the subquery {@linkplain SubqueryBody can be taken
 * apart}; the planner's own rules, which work for any subquery, would join with every outer row's values first.
 *
 * <pre>
 * Filter(EXISTS (s), and others)       Filter(others with subqueries that are left)
 *   input                          →     Join(semi: s's ties to the outer row)
 *                                          Filter(others)
 *                                            input
 *                                          s's rows
 * </pre>
 *
 * An inner join's condition on a subquery is treated as a filter above it.
 */
final class SemiJoins extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        return switch (visited) {
            case LogicalFilter filter
            when RexUtil.SubQueryFinder.find(filter.getCondition()) != null -> rewritten(filter);
            case LogicalJoin join
            when join.getJoinType() == JoinRelType.INNER && RexUtil.SubQueryFinder.find(join.getCondition()) != null ->
                rewritten(filterAbove(join));
            default -> visited;
        };
    }

    private static LogicalFilter filterAbove(Join join) {
        RexBuilder builder = join.getCluster().getRexBuilder();
        List<RexNode> kept = new ArrayList<>();
        List<RexNode> lifted = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            (RexUtil.SubQueryFinder.find(conjunct) == null ? kept : lifted).add(conjunct);
        }
        RelNode plain = LogicalJoin.create(
                join.getLeft(),
                join.getRight(),
                List.of(),
                RexUtil.composeConjunction(builder, kept),
                Set.of(),
                JoinRelType.INNER);
        return LogicalFilter.create(
                plain, RexUtil.composeConjunction(builder, lifted), ImmutableSet.copyOf(join.getVariablesSet()));
    }

    private RelNode rewritten(LogicalFilter filter) {
        RexBuilder builder = filter.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> left = new ArrayList<>();
        List<SubqueryCondition> joined = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            SubqueryCondition condition = SubqueryCondition.of(conjunct, filter.getVariablesSet());
            if (condition != null) {
                joined.add(condition);
            } else {
                (RexUtil.SubQueryFinder.find(conjunct) == null ? plain : left).add(conjunct);
            }
        }
        RelNode result = filtered(filter.getInput(), plain, Set.of(), builder);
        for (SubqueryCondition condition : joined) {
            RelNode rows = condition.rows().accept(this);
            for (List<RexNode> ties :
                    condition.alternatives(builder, filter.getInput().getRowType())) {
                result = LogicalJoin.create(
                        result, rows, List.of(), RexUtil.composeConjunction(builder, ties), Set.of(), condition.type());
            }
        }
        return filtered(result, left, filter.getVariablesSet(), builder);
    }

    private static RelNode filtered(
            RelNode input, List<RexNode> conditions, Set<CorrelationId> variables, RexBuilder builder) {
        return conditions.isEmpty()
                ? input
                : LogicalFilter.create(
                        input, RexUtil.composeConjunction(builder, conditions), ImmutableSet.copyOf(variables));
    }
}
