package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Makes subqueries and lateral joins joins, from the innermost outwards: what is left names no outer row and has no subqueries. */
final class Decorrelation extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        return switch (visited) {
            case Correlate correlate ->
                typed(
                        Unnesting.join(
                                correlate.getLeft(),
                                correlate.getLeft(),
                                correlate.getRight(),
                                Set.of(correlate.getCorrelationId()),
                                correlate.getJoinType()),
                        correlate.getRowType());
            case Filter filter when has(List.of(filter.getCondition())) -> filter(filter);
            case Project project when has(project.getProjects()) -> project(project);
            case Join join
            when has(List.of(join.getCondition())) ->
                typed(new JoinSubqueries(join, this::subquery).rewritten(), join.getRowType());
            default -> visited;
        };
    }

    /** The tree of a subquery, made so itself. */
    RelNode subquery(RelNode rows) {
        return rows.accept(new SemiJoins()).accept(this);
    }

    static boolean has(List<RexNode> expressions) {
        return expressions.stream().anyMatch(each -> RexUtil.SubQueryFinder.find(each) != null);
    }

    /** Other conditions come first, so that fewer rows are asked for. */
    private RelNode filter(Filter filter) {
        RexBuilder builder = filter.getCluster().getRexBuilder();
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            (RexUtil.SubQueryFinder.find(conjunct) == null ? plain : others).add(conjunct);
        }
        RelNode input = plain.isEmpty()
                ? filter.getInput()
                : LogicalFilter.create(
                        filter.getInput(), RexUtil.composeConjunction(builder, plain), ImmutableSet.of());
        SubqueryColumns columns = new SubqueryColumns(input, filter.getVariablesSet(), this::subquery);
        List<RexNode> conditions = others.stream().map(columns::condition).toList();
        RelNode filtered = LogicalFilter.create(columns.rel(), RexUtil.composeConjunction(builder, conditions));
        return typed(filtered, filter.getRowType());
    }

    private RelNode project(Project project) {
        SubqueryColumns columns = new SubqueryColumns(project.getInput(), project.getVariablesSet(), this::subquery);
        List<RexNode> values =
                project.getProjects().stream().map(columns::value).toList();
        return typed(columns.rel(), values, project.getRowType());
    }

    /** The first columns, as many as the type has. */
    static RelNode typed(RelNode rel, RelDataType type) {
        return typed(
                rel,
                IntStream.range(0, type.getFieldCount())
                        .<RexNode>mapToObj(i -> RexInputRef.of(i, rel.getRowType()))
                        .toList(),
                type);
    }

    /** As columns of just this type; they differ at most in whether the planner knows that they are not NULL. */
    private static RelNode typed(RelNode rel, List<RexNode> values, RelDataType type) {
        RexBuilder builder = rel.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            RexNode value = values.get(field.getIndex());
            boolean same = value.getType().equals(field.getType());
            columns.add(same ? value : builder.makeAbstractCast(field.getType(), value, false));
        }
        return UnnestedRows.projected(rel, columns);
    }
}
