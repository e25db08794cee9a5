package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * A subquery of which it only matters which rows it has, not how often, taken apart: rows that do not depend on the outer row, the
 * conditions that tie them to it, and the subquery's columns. Projections, filters and DISTINCT are taken apart; all below them must
 * be free of the outer row.
 *
 * @param rows what stands at the bottom, with the filters that do not speak of the outer row
 * @param conditions over {@code rows} and the outer row, whose columns are fields of a correlation variable
 * @param columns over the same
 */
record SubqueryBody(RelNode rows, List<RexNode> conditions, List<RexNode> columns) {
    /** The parts, or null if the subquery cannot be taken apart. */
    static @Nullable SubqueryBody of(RelNode subquery, Set<CorrelationId> outer) {
        SubqueryBody body = takeApart(subquery, outer);
        boolean tiedOtherwise = body != null
                && (!RelOptUtil.getVariablesUsed(body.rows).isEmpty()
                        || !body.conditions.stream().allMatch(condition -> isTiedOnlyTo(outer, condition)));
        return tiedOtherwise ? null : body;
    }

    /** The parts of a subquery that is asked for existence alone, to which a LIMIT and what is selected make no difference. */
    static @Nullable SubqueryBody ofExistence(RelNode subquery, Set<CorrelationId> outer) {
        return switch (subquery) {
            case Sort sort when givesARowIfItsInputDoes(sort) -> ofExistence(sort.getInput(), outer);
            case Project project -> ofExistence(project.getInput(), outer);
            default -> of(subquery, outer);
        };
    }

    /** Whether the columns are computed of these rows and this outer row alone. */
    boolean hasPlainColumns(Set<CorrelationId> outer) {
        return columns.stream()
                .allMatch(column -> RexUtil.SubQueryFinder.find(column) == null && isTiedOnlyTo(outer, column));
    }

    private static @Nullable SubqueryBody takeApart(RelNode node, Set<CorrelationId> outer) {
        return switch (node) {
            case Project project
            when !RexOver.containsOver(project.getProjects(), null) -> {
                SubqueryBody body = takeApart(project.getInput(), outer);
                yield body == null
                        ? null
                        : body.withColumns(project.getProjects().stream()
                                .map(expression -> ColumnSubstitution.apply(body.columns, expression))
                                .toList());
            }
            case Filter filter -> {
                SubqueryBody body = takeApart(filter.getInput(), outer);
                yield body == null ? null : body.filtered(filter, outer);
            }
            case Sort sort when sort.fetch == null && sort.offset == null -> takeApart(sort.getInput(), outer);
            case Aggregate distinct
            when isDistinct(distinct) -> {
                SubqueryBody body = takeApart(distinct.getInput(), outer);
                yield body == null
                        ? null
                        : body.withColumns(distinct.getGroupSet().asList().stream()
                                .map(body.columns::get)
                                .toList());
            }
            default -> new SubqueryBody(node, List.of(), identity(node));
        };
    }

    private SubqueryBody withColumns(List<RexNode> changed) {
        return new SubqueryBody(rows, conditions, changed);
    }

    private @Nullable SubqueryBody filtered(Filter filter, Set<CorrelationId> outer) {
        boolean direct = columns.equals(identity(rows));
        List<RexNode> tied = new ArrayList<>(conditions);
        List<RexNode> local = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean hasSubquery = RexUtil.SubQueryFinder.find(conjunct) != null;
            RexNode condition = hasSubquery ? conjunct : ColumnSubstitution.apply(columns, conjunct);
            boolean isTied = CorrelationVariables.of(condition).stream().anyMatch(outer::contains);
            if (hasSubquery && (isTied || !direct)) {
                return null;
            }
            (isTied ? tied : local).add(condition);
        }
        RelNode filtered = local.isEmpty()
                ? rows
                : LogicalFilter.create(
                        rows,
                        RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), local),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
        return new SubqueryBody(filtered, tied, columns);
    }

    private static boolean isDistinct(Aggregate aggregate) {
        return aggregate.getAggCallList().isEmpty()
                && !aggregate.getGroupSet().isEmpty()
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    }

    private static boolean givesARowIfItsInputDoes(Sort sort) {
        return sort.offset == null
                && (sort.fetch == null || (sort.fetch instanceof RexLiteral && RexLiteral.intValue(sort.fetch) > 0));
    }

    private static boolean isTiedOnlyTo(Set<CorrelationId> outer, RexNode expression) {
        return outer.containsAll(CorrelationVariables.of(expression));
    }

    private static List<RexNode> identity(RelNode node) {
        return IntStream.range(0, node.getRowType().getFieldCount())
                .<RexNode>mapToObj(i -> RexInputRef.of(i, node.getRowType()))
                .toList();
    }
}
