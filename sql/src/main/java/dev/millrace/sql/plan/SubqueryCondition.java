package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * A condition that holds if a subquery has a row of some kind, or (negated) if it has none: {@code EXISTS}, {@code x IN}, {@code x < ANY}, and their
 * opposites {@code NOT EXISTS}, {@code x NOT IN}, {@code x >= ALL}.
 *
 * @param comparisons which operands the columns of the subquery are compared with; none for EXISTS
 * @param outer what stands for the row that the condition is over
 */
record SubqueryCondition(boolean negated, SubqueryBody body, List<Comparison> comparisons, Set<CorrelationId> outer) {
    /** A comparison of a value of the outer row with one of the subquery's. */
    private record Comparison(SqlOperator operator, RexNode outer, RexNode inner) {}

    /**
     * What a condition says of a subquery, or null if it is not of this kind or the subquery cannot be taken apart.
     *
     * @param outer what stands for the row that the condition is over
     */
    static @Nullable SubqueryCondition of(RexNode condition, Set<CorrelationId> outer) {
        boolean negated = condition.getKind() == SqlKind.NOT;
        RexNode inner = negated ? ((RexCall) condition).getOperands().getFirst() : condition;
        if (!(inner instanceof RexSubQuery subquery)
                || subquery.getOperands().stream().anyMatch(operand -> RexUtil.SubQueryFinder.find(operand) != null)) {
            return null;
        }
        SqlOperator operator;
        switch (subquery.getKind()) {
            case EXISTS -> {
                SubqueryBody body = SubqueryBody.ofExistence(subquery.rel, outer);
                return body == null ? null : new SubqueryCondition(negated, body, List.of(), outer);
            }
            case IN -> operator = SqlStdOperatorTable.EQUALS;
            case SOME -> operator = operator(((SqlQuantifyOperator) subquery.getOperator()).comparisonKind);
            default -> {
                return null;
            }
        }
        SubqueryBody body = SubqueryBody.of(subquery.rel, outer);
        if (body == null || !body.hasPlainColumns(outer)) {
            return null;
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < subquery.getOperands().size(); i++) {
            comparisons.add(new Comparison(
                    operator, subquery.getOperands().get(i), body.columns().get(i)));
        }
        return new SubqueryCondition(negated, body, comparisons, outer);
    }

    JoinRelType type() {
        return negated ? JoinRelType.ANTI : JoinRelType.SEMI;
    }

    RelNode rows() {
        return body.rows();
    }

    /**
     * The conditions of the joins, over the columns of both sides, that one after the other keep the rows for which this condition is TRUE. It takes
     * a row for which a comparison is TRUE to fulfil {@code IN}, but one for which it is not FALSE to prevent {@code NOT IN}. Where a value can be
     * null the latter is three anti joins, each with an equality to look up: with the rows that are equal, with any row if the outer value is
     * null, and with the rows whose value is null.
     */
    List<List<RexNode>> alternatives(RexBuilder builder, RelDataType outerType) {
        OuterColumns joined = new OuterColumns(outer, outerType);
        List<RexNode> ties = new ArrayList<>();
        body.conditions().forEach(condition -> ties.add(condition.accept(joined)));
        List<RexNode> uncertain = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            RexNode inner = comparison.inner.accept(joined);
            RexNode compared = builder.makeCall(comparison.operator, comparison.outer, inner);
            (negated && compared.getType().isNullable() ? uncertain : ties).add(compared);
        }
        if (uncertain.isEmpty()) {
            return List.of(ties);
        }
        if (uncertain.size() > 1) {
            uncertain.forEach(each -> ties.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, each)));
            return List.of(ties);
        }
        List<List<RexNode>> alternatives = new ArrayList<>();
        alternatives.add(with(ties, uncertain.getFirst()));
        for (RexNode side : ((RexCall) uncertain.getFirst()).getOperands()) {
            if (side.getType().isNullable()) {
                alternatives.add(with(ties, builder.makeCall(SqlStdOperatorTable.IS_NULL, side)));
            }
        }
        return alternatives;
    }

    private static List<RexNode> with(List<RexNode> conditions, RexNode another) {
        List<RexNode> all = new ArrayList<>(conditions);
        all.add(another);
        return all;
    }

    static SqlOperator operator(SqlKind comparison) {
        return switch (comparison) {
            case EQUALS -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> throw new IllegalArgumentException("no comparison: " + comparison);
        };
    }
}
