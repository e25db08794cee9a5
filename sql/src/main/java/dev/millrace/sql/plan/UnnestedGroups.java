package dev.millrace.sql.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A grouping of a subquery's rows for all outer rows at once: one by the outer values as well. Of a grouping that has a row over no input this row is told, since it is not among those of the other.
 */
final class UnnestedGroups {
    private UnnestedGroups() {}

    static UnnestedRows of(Aggregate aggregate, UnnestedRows input) {
        boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        Map<OuterValue, RexNode> values = new LinkedHashMap<>();
        List<RexNode> columns = new ArrayList<>(input.columns());
        Map<OuterValue, Integer> places = new LinkedHashMap<>();
        input.outer().forEach((value, place) -> {
            boolean isKey =
                    simple && place < input.width() && aggregate.getGroupSet().get(place);
            places.put(value, isKey ? place : columns.size());
            if (!isKey) {
                columns.add(input.column(place));
            }
        });
        RelNode below = UnnestedRows.projected(input.rel(), columns);
        ImmutableBitSet keys = ImmutableBitSet.of(places.values());
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(call -> call.adaptTo(below, call.getArgList(), call.filterArg, aggregate.hasEmptyGroup(), false))
                .toList();
        RelNode grouped = LogicalAggregate.create(
                below,
                List.of(),
                aggregate.getGroupSet().union(keys),
                aggregate.getGroupSets().stream()
                        .map(keys::union)
                        .sorted(ImmutableBitSet.ORDERING)
                        .toList(),
                calls);
        ImmutableBitSet all = aggregate.getGroupSet().union(keys);
        List<RexNode> visible = new ArrayList<>();
        aggregate.getGroupSet().forEachInt(key -> visible.add(RexInputRef.of(all.indexOf(key), grouped.getRowType())));
        IntStream.range(0, calls.size())
                .forEach(call -> visible.add(RexInputRef.of(all.cardinality() + call, grouped.getRowType())));
        places.forEach((value, place) -> values.put(value, RexInputRef.of(all.indexOf(place), grouped.getRowType())));
        UnnestedRows rows = UnnestedRows.of(grouped, visible, values);
        return aggregate.hasEmptyGroup()
                ? new UnnestedRows(rows.rel(), rows.width(), rows.outer(), Optional.of(overNothing(aggregate)))
                : rows;
    }

    /** The row of a grouping over no input. */
    private static List<RexNode> overNothing(Aggregate aggregate) {
        RexBuilder builder = aggregate.getCluster().getRexBuilder();
        int keys = aggregate.getGroupCount();
        return IntStream.range(0, aggregate.getRowType().getFieldCount())
                .<RexNode>mapToObj(i -> {
                    RelDataType type =
                            aggregate.getRowType().getFieldList().get(i).getType();
                    return i < keys
                            ? builder.makeNullLiteral(type)
                            : overNothing(aggregate.getAggCallList().get(i - keys), type, builder);
                })
                .toList();
    }

    private static RexNode overNothing(AggregateCall call, RelDataType type, RexBuilder builder) {
        return switch (call.getAggregation().getKind()) {
            case COUNT, SUM0, GROUP_ID -> builder.makeExactLiteral(BigDecimal.ZERO, type);
            case GROUPING, GROUPING_ID ->
                builder.makeExactLiteral(
                        BigDecimal.valueOf((1L << call.getArgList().size()) - 1), type);
            default -> builder.makeNullLiteral(type);
        };
    }
}
