package dev.millrace.sql.plan;

import dev.millrace.sql.type.PostgresTypeFactory;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A recursive query as the planner sees it where it is read: a table with the columns of its non-recursive term, any of which may be null. The same goes for its rows so far, where its recursive term reads them.
 */
public final class RecursiveTable extends AbstractTable {
    private final String name;
    private final RelDataType columns;
    private final Optional<Definition> definition;

    /** The terms of a recursive query, and whether rows that are derived twice are there twice. The recursive one reads the table {@code soFar}. */
    public record Definition(RelationalQuery base, RelationalQuery step, RecursiveTable soFar, boolean all) {}

    private RecursiveTable(String name, RelDataType columns, Optional<Definition> definition) {
        this.name = name;
        this.columns = columns;
        this.definition = definition;
    }

    /** The rows so far of a query. */
    static RecursiveTable soFar(String name, RelationalQuery base, List<String> columns, PostgresTypeFactory types) {
        RelDataTypeFactory.Builder row = types.builder();
        for (int i = 0; i < columns.size(); i++) {
            row.add(
                    columns.get(i),
                    types.column(base.root().getRowType().getFieldList().get(i).getType()));
        }
        return new RecursiveTable(name, row.build(), Optional.empty());
    }

    /** The whole query. */
    static RecursiveTable of(Definition definition) {
        return new RecursiveTable(definition.soFar.name, definition.soFar.columns, Optional.of(definition));
    }

    /** The query's name. */
    public String name() {
        return name;
    }

    /** How the rows come about, or nothing if these are the rows so far. */
    public Optional<Definition> definition() {
        return definition;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return columns;
    }
}
