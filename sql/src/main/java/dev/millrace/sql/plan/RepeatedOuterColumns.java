package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Leaves at most one equality with each outer column in a filter: {@code x = outer AND y = outer} becomes {@code x = outer AND y = x}. The planner's
 * decorrelation takes a column that is equal to the outer one in its stead, and would forget all such equalities but the last.
 */
final class RepeatedOuterColumns extends RelShuttleImpl {
    /** A column of the filter's input that a condition holds equal to an outer one. */
    private record Equality(RexCall condition, RexInputRef column, RexNode outer) {}

    @Override
    public RelNode visit(LogicalFilter filter) {
        LogicalFilter visited = (LogicalFilter) super.visit(filter);
        RexBuilder builder = filter.getCluster().getRexBuilder();
        List<RexNode> conditions = new ArrayList<>();
        Map<RexNode, List<Equality>> equalities = new LinkedHashMap<>();
        for (RexNode condition : RelOptUtil.conjunctions(visited.getCondition())) {
            Equality equality = condition instanceof RexCall call ? equality(call) : null;
            if (equality == null) {
                conditions.add(condition);
            } else {
                equalities
                        .computeIfAbsent(equality.outer, _ -> new ArrayList<>())
                        .add(equality);
            }
        }
        if (equalities.values().stream().allMatch(same -> same.size() == 1)) {
            return visited;
        }
        equalities.values().forEach(same -> conditions.addAll(once(same, builder)));
        return visited.copy(visited.getTraitSet(), visited.getInput(), RexUtil.composeConjunction(builder, conditions));
    }

    /** The one that stays is an {@code =} if there is one: then the outer value is not NULL, and the others follow from it. */
    private static List<RexNode> once(List<Equality> same, RexBuilder builder) {
        Equality kept = same.stream()
                .filter(equality -> equality.condition.isA(SqlKind.EQUALS))
                .findFirst()
                .orElse(same.getFirst());
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(kept.condition);
        for (Equality other : same) {
            if (!other.column.equals(kept.column)) {
                if (!SqlTypeUtil.equalSansNullability(kept.column.getType(), other.column.getType())) {
                    throw new MillraceException(
                            ErrorCode.UNSUPPORTED_SQL,
                            "an outer column that is compared with columns of two types cannot be kept live yet; cast them to one type");
                }
                conditions.add(builder.makeCall(other.condition.getOperator(), other.column, kept.column));
            }
        }
        return conditions;
    }

    private static @Nullable Equality equality(RexCall call) {
        if (!call.isA(SqlKind.EQUALS) && !call.isA(SqlKind.IS_NOT_DISTINCT_FROM)) {
            return null;
        }
        RexNode left = call.operands.get(0);
        RexNode right = call.operands.get(1);
        if (left instanceof RexInputRef column && isOuter(right)) {
            return new Equality(call, column, right);
        }
        return right instanceof RexInputRef column && isOuter(left) ? new Equality(call, column, left) : null;
    }

    private static boolean isOuter(RexNode node) {
        return node instanceof RexFieldAccess access && access.getReferenceExpr() instanceof RexCorrelVariable;
    }
}
