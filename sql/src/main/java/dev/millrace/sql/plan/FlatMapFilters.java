package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Brings conditions on the rows that a table function is called for below it, so that it is not called for others.
 *
 * <pre>
 * Filter(of the input's columns, of others)      Filter(of others)
 *   TableFunctionScan                       →      TableFunctionScan
 *     input                                          Filter(of the input's columns)
 *                                                      input
 * </pre>
 */
final class FlatMapFilters extends RelHomogeneousShuttle {
    private final RelBuilder builder;
    private boolean moved;

    FlatMapFilters(RelBuilder builder) {
        this.builder = builder;
    }

    /** Whether there was such a condition. */
    boolean hasMoved() {
        return moved;
    }

    @Override
    public RelNode visit(RelNode node) {
        RelNode visited = super.visit(node);
        return visited instanceof Filter filter
                        && filter.getInput() instanceof TableFunctionScan scan
                        && scan.getInputs().size() == 1
                ? below(filter, scan)
                : visited;
    }

    private RelNode below(Filter filter, TableFunctionScan scan) {
        RelNode input = scan.getInput(0);
        ImmutableBitSet columns = ImmutableBitSet.range(input.getRowType().getFieldCount());
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean ofInput = columns.contains(RelOptUtil.InputFinder.bits(condition))
                    && RexUtil.SubQueryFinder.find(condition) == null;
            (ofInput ? below : above).add(condition);
        }
        if (below.isEmpty()) {
            return filter;
        }
        moved = true;
        RelNode filtered = builder.push(input).filter(below).build();
        return builder.push(scan.copy(scan.getTraitSet(), List.of(filtered)))
                .filter(above)
                .build();
    }
}
