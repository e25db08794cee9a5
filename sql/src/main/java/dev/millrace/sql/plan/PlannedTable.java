package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.type.PostgresTypeFactory;
import dev.millrace.sql.type.TypeMapping;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;

/** A catalog's table as the planner sees it: with its row type and its key. */
public final class PlannedTable extends AbstractTable {
    private final CatalogTable table;

    PlannedTable(CatalogTable table) {
        this.table = table;
    }

    public CatalogTable table() {
        return table;
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

    @Override
    public Statistic getStatistic() {
        return table.key().isEmpty()
                ? Statistics.UNKNOWN
                : Statistics.of(1000.0, ImmutableList.of(ImmutableBitSet.of(table.key())));
    }
}
