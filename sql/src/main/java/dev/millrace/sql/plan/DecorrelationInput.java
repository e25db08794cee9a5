package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;

/**
 * Brings a tree into the form that the planner's decorrelation is right for.
 *
 * <p>Each table scan and each list of values becomes an object of its own. Elsewhere equal ones are one, but the decorrelation notes by object
 * where the outer columns are: of a table that is read inside and outside of a nested correlation it would take one's columns for the other's.
 *
 * <p>Below each grouping stands a projection. Its columns are where they were also after outer columns have been added, as those of a join are
 * not; the decorrelation looks for the keys where they were.
 */
final class DecorrelationInput extends RelShuttleImpl {
    @Override
    public RelNode visit(TableScan scan) {
        return LogicalTableScan.create(scan.getCluster(), scan.getTable(), scan.getHints());
    }

    @Override
    public RelNode visit(LogicalValues values) {
        return LogicalValues.create(values.getCluster(), values.getRowType(), values.getTuples());
    }

    @Override
    public RelNode visit(LogicalAggregate aggregate) {
        LogicalAggregate visited = (LogicalAggregate) super.visit(aggregate);
        RelNode input = visited.getInput();
        if (input instanceof Project) {
            return visited;
        }
        RelNode projection = LogicalProject.create(
                input,
                ImmutableList.of(),
                input.getCluster().getRexBuilder().identityProjects(input.getRowType()),
                input.getRowType().getFieldNames(),
                ImmutableSet.of());
        return visited.copy(visited.getTraitSet(), ImmutableList.of(projection));
    }
}
