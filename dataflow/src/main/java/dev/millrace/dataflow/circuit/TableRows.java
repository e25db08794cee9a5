package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table. Each change applies at once and appends what it did to a Z-set. As an operator it passes on changes. */
sealed interface TableRows extends Operator permits KeyedRows, BagRows {
    @Nullable
    Row find(Row key);

    /** Whether a change that only adds rows cannot add identical ones. */
    boolean isKeyed();

    /** What identifies this row. */
    Row keyOf(Row row);

    void insert(Row row, ZSet changes);

    void update(@Nullable Row oldKey, Row row, ZSet changes);

    void delete(Row key, ZSet changes);

    void replaceAll(List<Row> rows, ZSet changes);

    int size();

    @Override
    default ZSet apply(ZSet[] changes) {
        return changes[0];
    }

    @Override
    default boolean hasState() {
        return false;
    }
}
