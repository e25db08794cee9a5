package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of an order. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {
    /** The order by these keys alone: rows that tie compare as 0. */
    public static Comparator<Row> comparator(List<SortKey> keys) {
        SortKey[] order = keys.toArray(SortKey[]::new);
        return (left, right) -> {
            for (SortKey key : order) {
                int comparison = key.compare(left.get(key.column), right.get(key.column));
                if (comparison != 0) {
                    return comparison;
                }
            }
            return 0;
        };
    }

    private int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            int nullsLast = left == right ? 0 : left == null ? 1 : -1;
            return nullsFirst ? -nullsLast : nullsLast;
        }
        int ascending = Values.compare(left, right);
        return descending ? -ascending : ascending;
    }
}
