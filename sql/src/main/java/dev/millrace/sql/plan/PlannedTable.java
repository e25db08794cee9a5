package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.sql.catalog.CatalogTable;
import java.util.Optional;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.util.ImmutableBitSet;

/** A catalog's table, or materialized view, as the planner sees it: with its row type and its key. */
public final class PlannedTable extends PlannedRelation {
    private final Optional<Plan> plan;

    PlannedTable(CatalogTable table, Optional<Plan> plan, ReadRelations read) {
        super(table, read);
        this.plan = plan;
    }

    /** What its rows are, if it is a materialized view. */
    public Optional<Plan> plan() {
        return plan;
    }

    @Override
    RelNode scan(RelOptTable.ToRelContext context, RelOptTable scanned) {
        return LogicalTableScan.create(context.getCluster(), scanned, context.getTableHints());
    }

    @Override
    public Statistic getStatistic() {
        return table().key().isEmpty()
                ? Statistics.UNKNOWN
                : Statistics.of(1000.0, ImmutableList.of(ImmutableBitSet.of(table().key())));
    }
}
