package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/**
 * An inner correlation with a subquery that always gives a row becomes a left one. That means the same, but decorrelation keeps the
 * empty groups of an aggregate over all rows only on the right of a left correlation.
 *
 * <pre>
 * Correlate(inner)                      Project(columns of the right: not null where they were)
 *   outer                                 Correlate(left)
 *   Project*(Aggregate without keys)  →     outer
 *                                           Project*(Aggregate without keys)
 * </pre>
 */
final class ScalarLaterals extends RelHomogeneousShuttle {
    private final RelBuilder builder;

    ScalarLaterals(RelBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        return visited instanceof Correlate correlate
                        && correlate.getJoinType() == JoinRelType.INNER
                        && alwaysGivesARow(correlate.getRight())
                ? left(correlate)
                : visited;
    }

    private RelNode left(Correlate inner) {
        Correlate left = inner.copy(
                inner.getTraitSet(),
                inner.getLeft(),
                inner.getRight(),
                inner.getCorrelationId(),
                inner.getRequiredColumns(),
                JoinRelType.LEFT);
        builder.push(left);
        RexBuilder expressions = inner.getCluster().getRexBuilder();
        List<RelDataTypeField> fields = inner.getRowType().getFieldList();
        List<RexNode> columns = new ArrayList<>();
        for (RelDataTypeField field : fields) {
            RexNode column = builder.field(field.getIndex());
            boolean same = column.getType().equals(field.getType());
            columns.add(same ? column : expressions.makeAbstractCast(field.getType(), column, false));
        }
        return builder.project(columns, inner.getRowType().getFieldNames(), true)
                .build();
    }

    private static boolean alwaysGivesARow(RelNode node) {
        return switch (node) {
            case Aggregate aggregate -> aggregate.getGroupSet().isEmpty();
            case Project project -> alwaysGivesARow(project.getInput());
            default -> false;
        };
    }
}
