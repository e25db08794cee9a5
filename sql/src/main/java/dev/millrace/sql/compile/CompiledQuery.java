package dev.millrace.sql.compile;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query ready to run.
 *
 * @param plan its rows are the result's columns, followed by hidden ones that only the order needs
 * @param columns the result's columns
 * @param key which of them identify a row: none of them (an empty list) if there is never more than one row, nothing if equal
 *     rows can occur
 * @param order how the result is presented
 * @param tables the ids of the tables that it reads
 * @param parameters the types of {@code $1} and so on, which the plan waits for
 * @param reads the ids of the tables and views that its text leads to, whether the plan still needs them or not
 */
public record CompiledQuery(
        Plan plan,
        List<OutputColumn> columns,
        Optional<List<Integer>> key,
        List<SortKey> order,
        Set<String> tables,
        List<ColumnType> parameters,
        Set<String> reads) {
    public CompiledQuery {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
        order = List.copyOf(order);
        tables = Set.copyOf(tables);
        reads = Set.copyOf(reads);
    }

    /**
     * A column of the result.
     *
     * @param collation what texts of it, or made of it, are ordered by, if not by code points
     */
    public record OutputColumn(String name, ColumnType type, boolean nullable, Optional<Collation> collation) {}
}
