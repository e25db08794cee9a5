package dev.millrace.delivery;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.message.Change;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How one query shows a view's rows: under its own column names, in its own order, without the columns that are only there for
 * the order. Queries with equal plans share the view and differ in this. Immutable.
 */
public final class Presentation {
    private final ResultSchema schema;
    private final boolean keyed;
    private final int[] key;
    private final int[] visible;
    private final @Nullable Comparator<Row> order;

    /**
     * @param key which columns identify a row: none if there is never more than one, nothing if equal rows can occur
     * @param order over the view's columns, of which the result's are the first
     */
    public Presentation(List<ResultColumn> columns, Optional<List<Integer>> key, List<SortKey> order) {
        this.schema = new ResultSchema(columns, key);
        this.keyed = key.isPresent();
        this.key = key.orElse(List.of()).stream().mapToInt(Integer::intValue).toArray();
        this.visible = IntStream.range(0, columns.size()).toArray();
        this.order = order.isEmpty() ? null : SortKey.comparator(order);
    }

    public ResultSchema schema() {
        return schema;
    }

    /** The rows as users see them, sorted if the query is. */
    public List<ResultRow> rows(List<Row> rows) {
        List<Row> sorted = rows;
        if (order != null) {
            sorted = new ArrayList<>(rows);
            sorted.sort(order);
        }
        return sorted.stream().map(this::row).toList();
    }

    /** A view's difference as changes; none if it is only in the order. */
    public List<Change> changes(ZSet delta) {
        return keyed ? paired(delta) : unpaired(delta);
    }

    /** What leads from nothing to these rows. */
    public List<Change> inserts(List<Row> rows) {
        List<Change> changes = new ArrayList<>(rows.size());
        rows(rows).forEach(row -> changes.add(new Change.Insert(row)));
        return changes;
    }

    /** A retraction and an assertion of one key are an update. Each key has at most one of either, since a key is unique at any time. */
    private List<Change> paired(ZSet delta) {
        Map<Row, @Nullable Row[]> byKey = new LinkedHashMap<>();
        for (int i = 0; i < delta.size(); i++) {
            Row row = delta.row(i);
            byKey.computeIfAbsent(row.key(key), _ -> new Row[2])[delta.weight(i) < 0 ? 0 : 1] = row;
        }
        List<Change> changes = new ArrayList<>(byKey.size());
        for (@Nullable Row[] pair : byKey.values()) {
            Row before = pair[0];
            Row after = pair[1];
            if (before == null) {
                changes.add(new Change.Insert(row(after)));
            } else if (after == null) {
                changes.add(new Change.Delete(row(before)));
            } else if (!Row.identical(before.project(visible), after.project(visible))) {
                changes.add(new Change.Update(row(before), row(after)));
            }
        }
        return changes;
    }

    private List<Change> unpaired(ZSet delta) {
        ZSet shown = new ZSet(delta.size());
        for (int i = 0; i < delta.size(); i++) {
            shown.append(delta.row(i).project(visible), delta.weight(i));
        }
        shown.consolidate();
        List<Change> changes = new ArrayList<>(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            ResultRow row = row(shown.row(i));
            for (long n = Math.abs(shown.weight(i)); n > 0; n--) {
                changes.add(shown.weight(i) > 0 ? new Change.Insert(row) : new Change.Delete(row));
            }
        }
        return changes;
    }

    private ResultRow row(@Nullable Row row) {
        if (row == null) {
            throw new IllegalStateException("a key without a row");
        }
        @Nullable Object[] values = new Object[visible.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = EdgeValues.of(row.get(i), schema.columns().get(i).type());
        }
        return new ResultRow(schema, values);
    }
}
