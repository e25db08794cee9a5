package dev.millrace.sql.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Takes out of disjunctions what all of their alternatives say: {@code (a AND b) OR (a AND c)} is {@code a AND (b OR c)}, and {@code a} may be what a join is by. */
final class CommonFactors extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        RexBuilder builder = node.getCluster().getRexBuilder();
        return switch (visited) {
            case Filter filter -> {
                RexNode condition = RexUtil.pullFactors(builder, filter.getCondition());
                yield condition.equals(filter.getCondition())
                        ? filter
                        : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
            }
            case Join join -> {
                RexNode condition = RexUtil.pullFactors(builder, join.getCondition());
                yield condition.equals(join.getCondition())
                        ? join
                        : join.copy(
                                join.getTraitSet(),
                                condition,
                                join.getLeft(),
                                join.getRight(),
                                join.getJoinType(),
                                join.isSemiJoinDone());
            }
            default -> visited;
        };
    }
}
