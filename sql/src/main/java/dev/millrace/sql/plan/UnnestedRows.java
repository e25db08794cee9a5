package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Rows of a subquery for all outer rows at once: beside each stands for which values of the outer row it is there.
 *
 * @param rel its first columns are the subquery's
 * @param width how many these are
 * @param outer where which outer value is
 * @param absent the row, over the outer row, that is meant where there is none for an outer row; nothing if none is
 */
record UnnestedRows(RelNode rel, int width, Map<OuterValue, Integer> outer, Optional<List<RexNode>> absent) {
    /** Rows that are the same for each outer row. */
    static UnnestedRows same(RelNode rel) {
        return new UnnestedRows(rel, rel.getRowType().getFieldCount(), Map.of(), Optional.empty());
    }

    /** Rows of these columns and values, computed of a tree's. */
    static UnnestedRows of(RelNode rel, List<RexNode> columns, Map<OuterValue, RexNode> values) {
        List<RexNode> all = new ArrayList<>(columns);
        Map<OuterValue, Integer> places = new LinkedHashMap<>();
        values.forEach((value, place) -> {
            int index = all.indexOf(place);
            places.put(value, index < 0 ? all.size() : index);
            if (index < 0) {
                all.add(place);
            }
        });
        return new UnnestedRows(projected(rel, all), columns.size(), places, Optional.empty());
    }

    static RelNode projected(RelNode rel, List<RexNode> columns) {
        boolean same = columns.size() == rel.getRowType().getFieldCount()
                && IntStream.range(0, columns.size())
                        .allMatch(i -> columns.get(i) instanceof RexInputRef column && column.getIndex() == i);
        return same ? rel : LogicalProject.create(rel, List.of(), columns, (List<String>) null, Set.of());
    }

    boolean has(OuterValue value) {
        return outer.containsKey(value) || outer.containsKey(value.plain());
    }

    boolean hasAll(Collection<OuterValue> values) {
        return values.stream().allMatch(this::has);
    }

    /** An outer value beside each row. */
    RexNode value(OuterValue value, RexBuilder builder) {
        Integer place = outer.get(value);
        return place != null ? column(place) : value.of(value(value.plain(), builder), builder);
    }

    RexNode column(int index) {
        return RexInputRef.of(index, rel.getRowType());
    }

    /** The subquery's columns. */
    List<RexNode> columns() {
        return IntStream.range(0, width).mapToObj(this::column).toList();
    }

    /** The values that have a place. */
    Map<OuterValue, RexNode> values() {
        Map<OuterValue, RexNode> values = new LinkedHashMap<>();
        outer.forEach((value, place) -> values.put(value, column(place)));
        return values;
    }

    /** The same where a column is equal to an outer value. */
    UnnestedRows with(OuterValue value, int place) {
        Map<OuterValue, Integer> more = new LinkedHashMap<>(outer);
        more.put(value, place);
        return new UnnestedRows(rel, width, more, absent);
    }

    /** The same columns of another tree. */
    UnnestedRows over(RelNode changed) {
        return new UnnestedRows(changed, width, outer, absent);
    }
}
