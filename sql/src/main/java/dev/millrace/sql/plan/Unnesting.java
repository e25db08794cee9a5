package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.type.TypeMapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Joins rows with a subquery that names their columns, by computing the subquery for all of them at once.
 *
 * <p>Each operator of the subquery carries the outer values that it depends on beside its rows: a grouping groups by them as well, a window is partitioned by them, a limit holds for each, a join of two such
 * inputs is one by them, too. Where a filter has an equality of a column and an outer value the column is the value. Values that nothing is equal to come from the outer rows: their different
 * values, the <em>domain</em>, are joined as low as something depends on them. (Neumann and Kemper, Unnesting Arbitrary Queries, BTW 2015.)
 *
 * <pre>
 * Correlate(left)                                   Join(left, o.a IS NOT DISTINCT FROM i.a)
 *   outer o                                           outer o
 *   Aggregate(sum(x))                          →      Aggregate(by i.a: sum(x))
 *     Filter(i.a = o.a)                                 Filter(i.a IS NOT NULL)
 *       i                                                 i
 * </pre>
 *
 * <p>A grouping of everything has a row over no input. What this row is (a count of 0, else NULLs) goes up as far as only projections ask for it, and is put in the place of a missing row where the outer rows are
 * joined; below anything else it is put there by a join with the domain.
 */
final class Unnesting {
    /** Values of these types are the same if they are equal; 1.0 and 1.00 or 24 hours and a day are not. */
    private static final Set<DataType> IDENTIFIED = EnumSet.of(
            DataType.BOOL,
            DataType.INT2,
            DataType.INT4,
            DataType.INT8,
            DataType.OID,
            DataType.TEXT,
            DataType.BYTEA,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMPTZ,
            DataType.UUID);

    private static final Set<DataType> INTEGERS = EnumSet.of(DataType.INT2, DataType.INT4, DataType.INT8);

    private final OuterRows outer;
    private final RexBuilder builder;
    private final Map<OuterValue, Integer> uses;

    private Unnesting(OuterRows outer, RelNode subquery) {
        this.outer = outer;
        this.builder = subquery.getCluster().getRexBuilder();
        this.uses = OuterValue.in(subquery, outer.ids());
    }

    /**
     * The columns of both.
     *
     * @param domain rows with the same values as the left side in the columns that the subquery names
     * @param outer what stands for a row of the left side in the subquery
     * @param type inner or left
     */
    static RelNode join(RelNode left, RelNode domain, RelNode subquery, Set<CorrelationId> outer, JoinRelType type) {
        OuterRows rows = new OuterRows(domain, outer);
        Unnesting unnesting = new Unnesting(rows, subquery);
        RelDataType row = left.getRowType();
        return rows.join(left, value -> value.of(row, unnesting.builder), unnesting.rows(subquery), type);
    }

    private UnnestedRows rows(RelNode node) {
        if (OuterValue.in(node, outer.ids()).isEmpty()) {
            return UnnestedRows.same(node);
        }
        return switch (node) {
            case Project project -> project(project);
            case Filter filter -> filtered(rows(filter.getInput()), RelOptUtil.conjunctions(filter.getCondition()));
            case Join join -> join(join);
            case Aggregate aggregate -> UnnestedGroups.of(aggregate, outer.complete(rows(aggregate.getInput())));
            case Sort sort -> sort.fetch == null && sort.offset == null ? rows(sort.getInput()) : limited(sort);
            case SetOp operation -> combined(operation);
            case TableFunctionScan scan when scan.getInputs().size() == 1 -> tableFunction(scan);
            default ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "a subquery that refers to its outer query within " + node.getRelTypeName()
                                + " cannot be kept live yet");
        };
    }

    private UnnestedRows project(Project project) {
        Set<OuterValue> named = outer.named(project.getProjects());
        UnnestedRows input = rows(project.getInput());
        boolean windows = RexOver.containsOver(project.getProjects(), null);
        UnnestedRows rows = outer.provided(windows ? outer.complete(input) : input, named);
        UnnestedRows projected = UnnestedRows.of(rows.rel(), outer.over(project.getProjects(), rows), rows.values());
        Optional<List<RexNode>> absent = rows.absent()
                .map(defaults -> project.getProjects().stream()
                        .map(expression -> ColumnSubstitution.apply(defaults, expression))
                        .toList());
        return new UnnestedRows(projected.rel(), projected.width(), projected.outer(), absent);
    }

    private UnnestedRows filtered(UnnestedRows input, List<RexNode> conditions) {
        UnnestedRows rows = outer.complete(input);
        List<RexNode> kept = new ArrayList<>();
        for (RexNode condition : conditions) {
            Optional<Equality> equality = Equality.of(condition, outer.ids()).filter(found -> isReplaceable(found));
            if (equality.isEmpty() || rows.has(equality.get().value)) {
                kept.add(condition);
                continue;
            }
            RexInputRef column = equality.get().column;
            rows = rows.with(equality.get().value, column.getIndex());
            if (condition.isA(SqlKind.EQUALS) && column.getType().isNullable()) {
                kept.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, column));
            }
        }
        UnnestedRows all = outer.provided(rows, outer.named(kept));
        return kept.isEmpty() ? all : all.over(filter(all.rel(), outer.over(kept, all)));
    }

    private RelNode filter(RelNode input, List<RexNode> conditions) {
        return LogicalFilter.create(input, RexUtil.composeConjunction(builder, conditions), ImmutableSet.of());
    }

    /** A condition that a column is equal to an outer value. */
    private record Equality(RexInputRef column, OuterValue value) {
        static Optional<Equality> of(RexNode condition, Set<CorrelationId> outer) {
            if (!condition.isA(SqlKind.EQUALS) && !condition.isA(SqlKind.IS_NOT_DISTINCT_FROM)) {
                return Optional.empty();
            }
            List<RexNode> sides = ((RexCall) condition).getOperands();
            return of(sides.get(0), sides.get(1), outer).or(() -> of(sides.get(1), sides.get(0), outer));
        }

        private static Optional<Equality> of(RexNode left, RexNode right, Set<CorrelationId> outer) {
            return left instanceof RexInputRef column
                    ? OuterValue.of(right, outer).map(value -> new Equality(column, value))
                    : Optional.empty();
        }
    }

    /** Whether nobody sees a difference between an outer value and a column that is equal to it. */
    private boolean isReplaceable(Equality equality) {
        RelDataType column = equality.column.getType();
        RelDataType value = equality.value.of(outer.type(), builder).getType();
        DataType type = TypeMapping.toEngine(column);
        DataType other = TypeMapping.toEngine(value);
        boolean sameType = type == other && TypeMapping.labels(column).equals(TypeMapping.labels(value));
        boolean once = uses.getOrDefault(equality.value, 0) == 1;
        return once
                ? sameType || (INTEGERS.contains(type) && INTEGERS.contains(other))
                : sameType && IDENTIFIED.contains(type);
    }

    private UnnestedRows join(Join join) {
        List<RexNode> conditions = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            boolean later = join.getJoinType() == JoinRelType.INNER
                    && !outer.named(List.of(conjunct)).isEmpty();
            (later ? above : conditions).add(conjunct);
        }
        UnnestedRows left = outer.complete(rows(join.getLeft()));
        UnnestedRows right = outer.complete(rows(join.getRight()));
        Set<OuterValue> needed = new LinkedHashSet<>();
        needed.addAll(left.outer().keySet());
        needed.addAll(right.outer().keySet());
        needed.addAll(outer.named(conditions));
        JoinRelType type = join.getJoinType();
        if (type.generatesNullsOnRight() || !type.projectsRight()) {
            left = outer.provided(left, needed);
        }
        if (type.generatesNullsOnLeft()) {
            right = outer.provided(right, needed);
        }
        UnnestedRows joined = joined(join, left, right, conditions);
        return above.isEmpty() ? joined : filtered(joined, above);
    }

    private UnnestedRows joined(Join join, UnnestedRows left, UnnestedRows right, List<RexNode> conditions) {
        JoinRelType type = join.getJoinType();
        int shift = left.rel().getRowType().getFieldCount();
        List<RexNode> all = new ArrayList<>();
        right.outer().forEach((value, place) -> {
            if (left.has(value)) {
                all.add(outer.same(left.value(value, builder), RexUtil.shift(right.column(place), shift)));
            }
        });
        Function<OuterValue, RexNode> beside = value ->
                left.has(value) ? left.value(value, builder) : RexUtil.shift(right.value(value, builder), shift);
        Function<RexInputRef, RexNode> columns = column -> column.getIndex() < left.width()
                ? left.column(column.getIndex())
                : RexUtil.shift(right.column(column.getIndex() - left.width()), shift);
        conditions.forEach(condition -> all.add(condition.accept(outer.new Substitution(columns, beside))));
        RelNode result = LogicalJoin.create(
                left.rel(), right.rel(), List.of(), RexUtil.composeConjunction(builder, all), Set.of(), type);
        Map<OuterValue, RexNode> values = new LinkedHashMap<>();
        for (OuterValue value : left.outer().keySet()) {
            RexNode ofLeft = RexInputRef.of(left.outer().get(value), result.getRowType());
            boolean either = type.generatesNullsOnLeft();
            values.put(value, either ? either(ofLeft, right(value, right, shift, result)) : ofLeft);
        }
        if (type.projectsRight()) {
            right.outer().keySet().stream()
                    .filter(value -> !left.has(value))
                    .forEach(value -> values.put(value, right(value, right, shift, result)));
        }
        List<RexNode> visible = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            visible.add(RexInputRef.of(i < left.width() ? i : i - left.width() + shift, result.getRowType()));
        }
        return UnnestedRows.of(result, visible, values);
    }

    private RexNode right(OuterValue value, UnnestedRows right, int shift, RelNode joined) {
        Integer place = right.outer().get(value);
        return place != null
                ? RexInputRef.of(place + shift, joined.getRowType())
                : value.of(right(value.plain(), right, shift, joined), builder);
    }

    /** Of an outer join that has either side or both, which have the same values then. */
    private RexNode either(RexNode left, RexNode right) {
        RexNode isLeft = builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, left);
        return builder.makeCall(SqlStdOperatorTable.CASE, isLeft, left, right);
    }

    /** The first rows of each outer row, by their numbers. */
    private UnnestedRows limited(Sort sort) {
        UnnestedRows rows = outer.complete(rows(sort.getInput()));
        ImmutableList<RexFieldCollation> order = sort.getCollation().getFieldCollations().stream()
                .map(field -> {
                    Set<SqlKind> flags = EnumSet.noneOf(SqlKind.class);
                    if (field.getDirection().isDescending()) {
                        flags.add(SqlKind.DESCENDING);
                    }
                    switch (field.nullDirection) {
                        case FIRST -> flags.add(SqlKind.NULLS_FIRST);
                        case LAST -> flags.add(SqlKind.NULLS_LAST);
                        case UNSPECIFIED -> {}
                    }
                    return new RexFieldCollation(rows.column(field.getFieldIndex()), flags);
                })
                .collect(ImmutableList.toImmutableList());
        RelDataType bigint = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        List<RexNode> columns = new ArrayList<>();
        IntStream.range(0, rows.rel().getRowType().getFieldCount()).forEach(i -> columns.add(rows.column(i)));
        columns.add(builder.makeOver(
                bigint,
                SqlStdOperatorTable.ROW_NUMBER,
                List.of(),
                List.copyOf(rows.values().values()),
                order,
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.CURRENT_ROW,
                true,
                true,
                false,
                false,
                false));
        RelNode numbered = UnnestedRows.projected(rows.rel(), columns);
        RexNode number = RexInputRef.of(columns.size() - 1, numbered.getRowType());
        BigDecimal offset = sort.offset == null ? BigDecimal.ZERO : count(sort.offset);
        List<RexNode> bounds = new ArrayList<>();
        if (offset.signum() > 0) {
            bounds.add(builder.makeCall(
                    SqlStdOperatorTable.GREATER_THAN, number, builder.makeExactLiteral(offset, bigint)));
        }
        if (sort.fetch != null) {
            bounds.add(builder.makeCall(
                    SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                    number,
                    builder.makeExactLiteral(offset.add(count(sort.fetch)), bigint)));
        }
        return rows.over(filter(numbered, bounds));
    }

    private static BigDecimal count(RexNode limit) {
        if (limit instanceof RexLiteral literal) {
            return new BigDecimal(String.valueOf(literal.getValue()));
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED_SQL,
                "LIMIT or OFFSET of anything but a number in a correlated subquery cannot be kept live yet");
    }

    private UnnestedRows combined(SetOp operation) {
        List<OuterValue> needed =
                List.copyOf(OuterValue.in(operation, outer.ids()).keySet());
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : operation.getInputs()) {
            UnnestedRows rows = outer.provided(outer.complete(rows(input)), needed);
            List<RexNode> columns = new ArrayList<>(rows.columns());
            needed.forEach(value -> columns.add(rows.value(value, builder)));
            inputs.add(UnnestedRows.projected(rows.rel(), columns));
        }
        int width = operation.getRowType().getFieldCount();
        Map<OuterValue, Integer> places = new LinkedHashMap<>();
        needed.forEach(value -> places.put(value, width + places.size()));
        return new UnnestedRows(
                operation.copy(operation.getTraitSet(), inputs, operation.all), width, places, Optional.empty());
    }

    private UnnestedRows tableFunction(TableFunctionScan scan) {
        UnnestedRows rows =
                outer.provided(outer.complete(rows(scan.getInput(0))), outer.named(List.of(scan.getCall())));
        RelDataType input = rows.rel().getRowType();
        int shift = input.getFieldCount() - rows.width();
        RelDataType type = builder.getTypeFactory()
                .builder()
                .addAll(input.getFieldList())
                .addAll(scan.getRowType()
                        .getFieldList()
                        .subList(rows.width(), scan.getRowType().getFieldCount()))
                .uniquify()
                .build();
        RelNode function = LogicalTableFunctionScan.create(
                scan.getCluster(),
                List.of(rows.rel()),
                outer.over(List.of(scan.getCall()), rows).getFirst(),
                scan.getElementType(),
                type,
                null);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < scan.getRowType().getFieldCount(); i++) {
            columns.add(RexInputRef.of(i < rows.width() ? i : i + shift, type));
        }
        Map<OuterValue, RexNode> values = new LinkedHashMap<>();
        rows.outer().forEach((value, place) -> values.put(value, RexInputRef.of(place, type)));
        return UnnestedRows.of(function, columns, values);
    }
}
