package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The outer rows of a subquery, as its operators are computed for all of them: their different values, where something depends on these, and how expressions over an outer row become ones over values beside
 * the subquery's rows.
 */
final class OuterRows {
    private final RelNode rows;
    private final Set<CorrelationId> ids;
    private final RexBuilder builder;

    /**
     * @param rows rows with the values that the outer rows have
     * @param ids what stands for an outer row
     */
    OuterRows(RelNode rows, Set<CorrelationId> ids) {
        this.rows = rows;
        this.ids = ids;
        this.builder = rows.getCluster().getRexBuilder();
    }

    RelDataType type() {
        return rows.getRowType();
    }

    Set<CorrelationId> ids() {
        return ids;
    }

    /** The values that expressions name. */
    Set<OuterValue> named(List<? extends RexNode> expressions) {
        return OuterValue.in(expressions, ids).keySet();
    }

    /**
     * Joins rows with the subquery's.
     *
     * @param values each outer value, over the left side
     * @param type inner or left
     */
    RelNode join(RelNode left, Function<OuterValue, RexNode> values, UnnestedRows rows, JoinRelType type) {
        List<RexNode> defaults = rows.absent().orElse(List.of());
        boolean marked = !defaults.stream().allMatch(RexLiteral::isNullLiteral);
        UnnestedRows right = marked ? marked(rows) : rows;
        int shift = left.getRowType().getFieldCount();
        List<RexNode> equal = new ArrayList<>();
        right.outer()
                .forEach((value, place) ->
                        equal.add(same(values.apply(value), RexUtil.shift(right.column(place), shift))));
        RelNode joined = LogicalJoin.create(
                left,
                right.rel(),
                List.of(),
                RexUtil.composeConjunction(builder, equal),
                Set.of(),
                defaults.isEmpty() ? type : JoinRelType.LEFT);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < shift + right.width(); i++) {
            columns.add(RexInputRef.of(i, joined.getRowType()));
        }
        RexNode present = marked ? RexInputRef.of(columns.size(), joined.getRowType()) : builder.makeLiteral(true);
        for (int i = 0; i < defaults.size(); i++) {
            RexNode absent = defaults.get(i).accept(new Substitution(column -> column, values));
            if (!RexLiteral.isNullLiteral(absent)) {
                RexNode isPresent = builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, present);
                columns.set(
                        shift + i,
                        builder.makeCall(SqlStdOperatorTable.CASE, isPresent, columns.get(shift + i), absent));
            }
        }
        return UnnestedRows.projected(joined, columns);
    }

    /** With TRUE behind the subquery's columns. */
    private UnnestedRows marked(UnnestedRows rows) {
        List<RexNode> columns = rows.columns();
        List<RexNode> more = new ArrayList<>(columns);
        more.add(builder.makeLiteral(true));
        UnnestedRows marked = UnnestedRows.of(rows.rel(), more, rows.values());
        return new UnnestedRows(marked.rel(), rows.width(), marked.outer(), rows.absent());
    }

    /** Expressions over these rows. */
    List<RexNode> over(List<RexNode> expressions, UnnestedRows rows) {
        Substitution substitution = new Substitution(
                column -> rows.column(column.getIndex()),
                value -> rows.value(value, builder),
                List.copyOf(rows.values().values()));
        return expressions.stream().map(each -> each.accept(substitution)).toList();
    }

    /** The same with these values beside each row. */
    UnnestedRows provided(UnnestedRows rows, Collection<OuterValue> needed) {
        if (rows.hasAll(needed)) {
            return rows;
        }
        Set<OuterValue> all = new LinkedHashSet<>(rows.outer().keySet());
        all.addAll(needed);
        all.removeIf(value -> value.wider().isPresent()
                && all.contains(value.plain())
                && !rows.outer().containsKey(value));
        UnnestedRows values = domain(all);
        if (rows.rel() instanceof Values one && one.getTuples().size() == 1) {
            return UnnestedRows.of(values.rel(), List.copyOf(one.getTuples().getFirst()), values.values());
        }
        int shift = rows.rel().getRowType().getFieldCount();
        List<RexNode> equal = new ArrayList<>();
        rows.outer()
                .forEach((value, place) ->
                        equal.add(same(rows.column(place), RexUtil.shift(values.value(value, builder), shift))));
        RelNode joined = LogicalJoin.create(
                rows.rel(),
                values.rel(),
                List.of(),
                RexUtil.composeConjunction(builder, equal),
                Set.of(),
                JoinRelType.INNER);
        Map<OuterValue, Integer> places = new LinkedHashMap<>(rows.outer());
        values.outer().forEach((value, place) -> places.putIfAbsent(value, place + shift));
        return new UnnestedRows(joined, rows.width(), places, rows.absent());
    }

    /** The same with the rows that are meant where there is none. */
    UnnestedRows complete(UnnestedRows rows) {
        if (rows.absent().isEmpty()) {
            return rows;
        }
        UnnestedRows values = domain(rows.outer().keySet());
        RelNode joined = join(values.rel(), value -> values.value(value, builder), rows, JoinRelType.LEFT);
        int shift = values.rel().getRowType().getFieldCount();
        List<RexNode> columns = IntStream.range(shift, shift + rows.width())
                .<RexNode>mapToObj(i -> RexInputRef.of(i, joined.getRowType()))
                .toList();
        Map<OuterValue, RexNode> places = new LinkedHashMap<>();
        values.outer().forEach((value, place) -> places.put(value, RexInputRef.of(place, joined.getRowType())));
        return UnnestedRows.of(joined, columns, places);
    }

    /** The different combinations of these values that the outer rows have, and no other columns. */
    private UnnestedRows domain(Set<OuterValue> values) {
        List<RexNode> columns =
                values.stream().map(value -> value.of(type(), builder)).toList();
        RelNode projected = UnnestedRows.projected(this.rows, columns);
        RelNode distinct =
                LogicalAggregate.create(projected, List.of(), ImmutableBitSet.range(columns.size()), null, List.of());
        Map<OuterValue, Integer> places = new LinkedHashMap<>();
        values.forEach(value -> places.put(value, places.size()));
        return new UnnestedRows(distinct, 0, places, Optional.empty());
    }

    RexNode same(RexNode left, RexNode right) {
        return builder.makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, left, right);
    }

    /** Puts columns and outer values in their places; a window is partitioned by the values, too. */
    final class Substitution extends RexShuttle {
        private final Function<RexInputRef, RexNode> columns;
        private final Function<OuterValue, RexNode> values;
        private final List<RexNode> partition;

        Substitution(
                Function<RexInputRef, RexNode> columns, Function<OuterValue, RexNode> values, List<RexNode> partition) {
            this.columns = columns;
            this.values = values;
            this.partition = partition;
        }

        Substitution(Function<RexInputRef, RexNode> columns, Function<OuterValue, RexNode> values) {
            this(columns, values, List.of());
        }

        @Override
        public RexNode visitInputRef(RexInputRef column) {
            return columns.apply(column);
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return OuterValue.of(access, ids).map(values).orElseGet(() -> super.visitFieldAccess(access));
        }

        @Override
        public RexNode visitCall(RexCall call) {
            return OuterValue.of(call, ids).map(values).orElseGet(() -> super.visitCall(call));
        }

        @Override
        public RexNode visitOver(RexOver over) {
            RexOver inner = (RexOver) super.visitOver(over);
            List<RexNode> keys = new ArrayList<>(inner.getWindow().partitionKeys);
            partition.stream().filter(key -> !keys.contains(key)).forEach(keys::add);
            return builder.makeOver(
                    inner.getType(),
                    inner.getAggOperator(),
                    inner.getOperands(),
                    keys,
                    inner.getWindow().orderKeys,
                    inner.getWindow().getLowerBound(),
                    inner.getWindow().getUpperBound(),
                    inner.getWindow().getExclude(),
                    inner.getWindow().isRows(),
                    true,
                    false,
                    inner.isDistinct(),
                    inner.ignoreNulls());
        }
    }
}
