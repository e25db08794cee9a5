package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Turns a correlation with {@linkplain LateralRows rows computed from the outer row} into a table function over the outer rows, whose
 * columns stand before what it gives. Without an outer row it is over a single one.
 *
 * <pre>
 * Correlate                              Project(left's columns, expressions)
 *   left                                   Filter(conditions)
 *   Project(expressions)             →       TableFunctionScan(f(left's columns))
 *     Filter(conditions)                       left
 *       rows f(left's columns)
 * </pre>
 */
final class FlatMaps extends RelHomogeneousShuttle {
    private final RelBuilder builder;

    FlatMaps(RelBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RelNode visit(RelNode node) {
        if (node instanceof Correlate correlate) {
            LateralRows rows = kept(correlate);
            if (rows != null) {
                return flatMap(
                        correlate.getLeft().accept(this), rows, correlate.getCorrelationId(), correlate.getRowType());
            }
        }
        RelNode visited = super.visit(node).accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subquery);
                return inner.clone(inner.rel.accept(FlatMaps.this));
            }
        });
        LateralRows rows = visited instanceof TableFunctionScan ? LateralRows.of(visited) : null;
        return rows == null ? visited : overOneRow(visited, rows);
    }

    /** The rows of the right side, among them one for each row of the left that would stay without; null if they cannot be told so. */
    private @Nullable LateralRows kept(Correlate correlate) {
        LateralRows rows = LateralRows.of(correlate.getRight());
        if (rows == null || correlate.getJoinType() == JoinRelType.INNER) {
            return rows;
        }
        if (correlate.getJoinType() != JoinRelType.LEFT) {
            return null;
        }
        return rows.alwaysGivesARow() ? rows : rows.orNulls(builder.getRexBuilder());
    }

    private RelNode overOneRow(RelNode node, LateralRows rows) {
        RelNode one = LogicalValues.createOneRow(node.getCluster());
        RelDataType both = node.getCluster()
                .getTypeFactory()
                .builder()
                .addAll(one.getRowType().getFieldList())
                .addAll(node.getRowType().getFieldList())
                .build();
        builder.push(flatMap(one, rows, new CorrelationId(-1), both));
        List<RexNode> produced = builder.fields().subList(1, both.getFieldCount());
        return builder.project(produced, node.getRowType().getFieldNames(), true)
                .build();
    }

    private RelNode flatMap(RelNode left, LateralRows rows, CorrelationId outer, RelDataType type) {
        RexBuilder expressions = left.getCluster().getRexBuilder();
        OuterColumns columns = new OuterColumns(Set.of(outer), left.getRowType());
        RelDataType both = left.getCluster()
                .getTypeFactory()
                .builder()
                .addAll(left.getRowType().getFieldList())
                .addAll(rows.produced().getFieldList())
                .uniquify()
                .build();
        builder.push(LogicalTableFunctionScan.create(
                left.getCluster(), List.of(left), rows.call().accept(columns), null, both, null));
        builder.filter(rows.conditions().stream()
                .map(condition -> condition.accept(columns))
                .toList());
        List<RexNode> result =
                new ArrayList<>(builder.fields().subList(0, left.getRowType().getFieldCount()));
        rows.columns().forEach(column -> result.add(column.accept(columns)));
        for (RelDataTypeField field : type.getFieldList()) {
            RexNode column = result.get(field.getIndex());
            if (!column.getType().equals(field.getType())) {
                result.set(field.getIndex(), expressions.makeAbstractCast(field.getType(), column, false));
            }
        }
        return builder.project(result, type.getFieldNames(), true).build();
    }
}
