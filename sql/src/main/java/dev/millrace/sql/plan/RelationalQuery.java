package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.ColumnType;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;

/**
 * An optimised query. {@code root}'s columns are those of the result, followed by {@code root.getRowType().getFieldCount() - names.size()}
 * more which are only there to order it.
 *
 * @param names the result's column names
 * @param order how the result is presented; over {@code root}'s columns
 * @param parameters the types of {@code $1} and so on
 * @param reads the ids of the tables and views that it reads
 */
public record RelationalQuery(
        RelNode root, List<String> names, RelCollation order, List<ColumnType> parameters, Set<String> reads) {
    public RelationalQuery {
        names = List.copyOf(names);
        parameters = List.copyOf(parameters);
        reads = Set.copyOf(reads);
    }
}
