package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.CatalogView;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/** A view as the planner sees it: where it is read stands its query, converted to the view's columns. */
final class PlannedView extends PlannedRelation {
    private final CatalogView view;
    private final ReadRelations read;

    PlannedView(CatalogView view, ReadRelations read) {
        super(view.table(), read);
        this.view = view;
        this.read = read;
    }

    @Override
    RelNode scan(RelOptTable.ToRelContext context, RelOptTable scanned) {
        return RelOptUtil.createCastRel(read.expand(view, context.getCluster()), scanned.getRowType(), true);
    }
}
