package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table or view of the catalog as the planner sees it. It notes when it is read. */
abstract sealed class PlannedRelation extends AbstractTable implements TranslatableTable
        permits PlannedTable, PlannedView {
    private final CatalogTable table;
    private final ReadRelations read;

    PlannedRelation(CatalogTable table, ReadRelations read) {
        this.table = table;
        this.read = read;
    }

    public CatalogTable table() {
        return table;
    }

    abstract RelNode scan(RelOptTable.ToRelContext context, RelOptTable scanned);

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable scanned) {
        read.add(table.id());
        return scan(context, scanned);
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        for (CatalogTable.Column column : table.columns()) {
            row.add(
                    column.name(),
                    TypeMapping.toPlanner(
                            (PostgresTypeFactory) factory, column.type(), column.typeName(), column.nullable()));
        }
        return row.build();
    }
}
