package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * An outer join whose condition has subqueries, as a lateral join with the rows of the other side that fulfil it.
 *
 * <pre>
 * Join(left, l.a = r.b AND EXISTS (s of l and r))       Correlate(left)
 *   l                                              →      l
 *   r                                                     Filter(l.a = b AND EXISTS (s of l and its own row))
 *                                                           r
 * </pre>
 */
final class JoinSubqueries {
    private final Join join;
    private final UnaryOperator<RelNode> withoutSubqueries;
    private final RexBuilder builder;
    private final Side preserved;
    private final Side other;

    /**
     * One of the two sides.
     *
     * @param first the place of its first column among those of both
     * @param id stands for its row
     */
    private record Side(RelNode rows, int first, CorrelationId id) {
        static Side of(RelNode rows, int first) {
            return new Side(rows, first, rows.getCluster().createCorrel());
        }

        int width() {
            return rows.getRowType().getFieldCount();
        }

        boolean has(int column) {
            return column >= first && column < first + width();
        }
    }

    /** @param withoutSubqueries does the same for the trees of subqueries */
    JoinSubqueries(Join join, UnaryOperator<RelNode> withoutSubqueries) {
        this.join = join;
        this.withoutSubqueries = withoutSubqueries;
        this.builder = join.getCluster().getRexBuilder();
        Side left = Side.of(join.getLeft(), 0);
        Side right = Side.of(join.getRight(), left.width());
        boolean swapped = join.getJoinType() == JoinRelType.RIGHT;
        this.preserved = swapped ? right : left;
        this.other = swapped ? left : right;
    }

    /** The columns of the left side, then those of the right. */
    RelNode rewritten() {
        if (join.getJoinType() != JoinRelType.LEFT && join.getJoinType() != JoinRelType.RIGHT) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "a subquery in the condition of a FULL JOIN cannot be kept live yet; compute it in a derived table on one side");
        }
        SubqueryColumns columns = new SubqueryColumns(preserved.rows, Set.of(preserved.id), withoutSubqueries);
        List<RexNode> computed = new ArrayList<>(columns(preserved.rows, 0, preserved.width()));
        List<RexNode> ofBoth = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            if (isOfPreserved(conjunct)) {
                computed.add(columns.value(conjunct.accept(new Sides(preserved, preserved.rows))));
            } else {
                ofBoth.add(conjunct);
            }
        }
        // What the preserved side alone decides is a column of it, and not computed for pairs.
        RelNode rows = UnnestedRows.projected(columns.rel(), computed);
        Sides sides = new Sides(other, rows);
        List<RexNode> fulfilled = new ArrayList<>();
        ofBoth.forEach(conjunct -> fulfilled.add(conjunct.accept(sides)));
        IntStream.range(preserved.width(), computed.size()).forEach(place -> fulfilled.add(sides.preserved(place)));
        RelNode fulfilling = withoutSubqueries.apply(LogicalFilter.create(
                other.rows, RexUtil.composeConjunction(builder, fulfilled), ImmutableSet.of(other.id)));
        RelNode joined = Unnesting.join(rows, rows, fulfilling, Set.of(preserved.id), JoinRelType.LEFT);
        List<RexNode> ofPreserved = columns(joined, 0, preserved.width());
        List<RexNode> ofOther = columns(joined, rows.getRowType().getFieldCount(), other.width());
        List<RexNode> result = new ArrayList<>(preserved.first == 0 ? ofPreserved : ofOther);
        result.addAll(preserved.first == 0 ? ofOther : ofPreserved);
        return UnnestedRows.projected(joined, result);
    }

    private static List<RexNode> columns(RelNode rel, int first, int count) {
        return IntStream.range(first, first + count)
                .<RexNode>mapToObj(i -> RexInputRef.of(i, rel.getRowType()))
                .toList();
    }

    private boolean isOfPreserved(RexNode conjunct) {
        Set<Integer> named = new HashSet<>(RelOptUtil.InputFinder.bits(conjunct).asList());
        conjunct.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                OuterValue.in(subquery.rel, join.getVariablesSet())
                        .keySet()
                        .forEach(value -> named.add(value.column()));
                return super.visitSubQuery(subquery);
            }
        });
        return Decorrelation.has(List.of(conjunct)) && named.stream().allMatch(preserved::has);
    }

    /** Tells the row of both sides apart: columns of one side stay columns, those of the other become outer ones. */
    private final class Sides extends RexShuttle {
        private final Side here;
        private final RelNode preservedRows;

        Sides(Side here, RelNode preservedRows) {
            this.here = here;
            this.preservedRows = preservedRows;
        }

        RexNode preserved(int place) {
            return builder.makeFieldAccess(builder.makeCorrel(preservedRows.getRowType(), preserved.id), place);
        }

        private RexNode outer(int column) {
            return preserved.has(column)
                    ? preserved(column - preserved.first)
                    : builder.makeFieldAccess(
                            builder.makeCorrel(other.rows.getRowType(), other.id), column - other.first);
        }

        @Override
        public RexNode visitInputRef(RexInputRef column) {
            int index = column.getIndex();
            return here.has(index) ? RexInputRef.of(index - here.first, here.rows.getRowType()) : outer(index);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subquery) {
            RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subquery);
            return inner.clone(withinSubquery(inner.rel));
        }

        private RelNode withinSubquery(RelNode rows) {
            RexShuttle names = new RexShuttle() {
                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    return access.getReferenceExpr() instanceof RexCorrelVariable variable
                                    && join.getVariablesSet().contains(variable.id)
                            ? outer(access.getField().getIndex())
                            : super.visitFieldAccess(access);
                }

                @Override
                public RexNode visitSubQuery(RexSubQuery subquery) {
                    RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subquery);
                    return inner.clone(withinSubquery(inner.rel));
                }
            };
            return rows.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode node) {
                    return super.visit(node).accept(names);
                }
            });
        }
    }
}
