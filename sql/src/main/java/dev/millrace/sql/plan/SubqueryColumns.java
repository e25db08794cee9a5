package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows to which the values of subqueries are added as columns, so that expressions with subqueries become expressions without.
 *
 * <p>{@code EXISTS} is a left join with TRUE for each outer row that has rows. {@code x IN (s)} is TRUE if a row of {@code s} is equal, else NULL if {@code x} is and there is a row, or if there is a NULL, else
 * FALSE: three such questions. {@code x < ANY (s)} asks for the greatest value in the place of the first. A scalar subquery is a left join with its only row.
 */
final class SubqueryColumns {
    /** What {@code max} orders as the comparisons do. */
    private static final Set<DataType> ORDERED = EnumSet.of(
            DataType.INT2,
            DataType.INT4,
            DataType.INT8,
            DataType.NUMERIC,
            DataType.FLOAT4,
            DataType.FLOAT8,
            DataType.TEXT,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMPTZ,
            DataType.INTERVAL);

    private final RexBuilder builder;
    private final UnaryOperator<RelNode> withoutSubqueries;
    private final Set<CorrelationId> outer;
    private final CorrelationId own;
    private final Map<RexSubQuery, RexNode> known = new HashMap<>();
    /** What the outer values are taken from: fewer columns than there are by now, and the same rows. */
    private RelNode domain;

    private RelNode rel;

    /**
     * @param outer what stands for these rows in the subqueries
     * @param withoutSubqueries does the same for the trees of subqueries
     */
    SubqueryColumns(RelNode rows, Set<CorrelationId> outer, UnaryOperator<RelNode> withoutSubqueries) {
        this.rel = rows;
        this.domain = rows;
        this.own = rows.getCluster().createCorrel();
        this.outer = new HashSet<>(outer);
        this.outer.add(own);
        this.builder = rows.getCluster().getRexBuilder();
        this.withoutSubqueries = withoutSubqueries;
    }

    /** The rows with what was added, behind the columns that there were. */
    RelNode rel() {
        return rel;
    }

    /** The value of an expression. */
    RexNode value(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                RexNode column = known.get(subquery);
                if (column == null) {
                    column = column(subquery);
                    known.put(subquery, column);
                }
                return column;
            }
        });
    }

    /** A condition of which it does not matter whether it is FALSE or NULL. */
    RexNode condition(RexNode condition) {
        if (condition.isA(SqlKind.AND) || condition.isA(SqlKind.OR)) {
            RexCall call = (RexCall) condition;
            return call.clone(
                    call.getType(),
                    call.getOperands().stream().map(this::condition).toList());
        }
        return condition instanceof RexSubQuery subquery && isQuantified(subquery)
                ? matches(subquery, operands(subquery), withoutSubqueries.apply(subquery.rel))
                : value(condition);
    }

    private static boolean isQuantified(RexSubQuery subquery) {
        return subquery.getKind() == SqlKind.IN || subquery.getKind() == SqlKind.SOME;
    }

    private RexNode column(RexSubQuery subquery) {
        List<RexNode> operands = operands(subquery);
        RelNode rows = withoutSubqueries.apply(subquery.rel);
        return switch (subquery.getKind()) {
            case EXISTS -> exists(rows);
            case SCALAR_QUERY -> scalar(rows);
            case IN, SOME -> {
                RexNode unknown = unknown(subquery, operands, rows);
                RexNode matches = matches(subquery, operands, rows);
                yield unknown.isAlwaysFalse()
                        ? matches
                        : builder.makeCall(
                                SqlStdOperatorTable.CASE,
                                matches,
                                builder.makeLiteral(true),
                                unknown,
                                builder.makeNullLiteral(nullable(subquery.getType())),
                                builder.makeLiteral(false));
            }
            default ->
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "a subquery in this place (" + subquery.getKind().sql + ") cannot be kept live yet");
        };
    }

    private RelDataType nullable(RelDataType type) {
        return builder.getTypeFactory().createTypeWithNullability(type, true);
    }

    /** The operands as columns, constants and what the outer query's outer rows have. */
    private List<RexNode> operands(RexSubQuery subquery) {
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : subquery.getOperands()) {
            RexNode value = value(operand);
            boolean isPlain = value instanceof RexInputRef
                    || RelOptUtil.InputFinder.bits(value).isEmpty();
            if (!isPlain) {
                List<RexNode> columns = columns(rel);
                columns.add(value);
                rel = UnnestedRows.projected(rel, columns);
                value = RexInputRef.of(columns.size() - 1, rel.getRowType());
            }
            operands.add(value);
        }
        return operands;
    }

    /** Whether the comparison is TRUE for a row; FALSE or NULL if it is not. */
    private RexNode matches(RexSubQuery subquery, List<RexNode> operands, RelNode rows) {
        SqlOperator comparison = comparison(subquery);
        boolean less = comparison.kind == SqlKind.LESS_THAN || comparison.kind == SqlKind.LESS_THAN_OR_EQUAL;
        boolean greater = comparison.kind == SqlKind.GREATER_THAN || comparison.kind == SqlKind.GREATER_THAN_OR_EQUAL;
        RelDataType type = rows.getRowType().getFieldList().getFirst().getType();
        if ((less || greater) && ORDERED.contains(TypeMapping.toEngine(type))) {
            SqlAggFunction extreme = less ? SqlStdOperatorTable.MAX : SqlStdOperatorTable.MIN;
            RexNode value = joined(aggregated(rows, extreme));
            RexNode compared = builder.makeCall(comparison, operands.getFirst(), value);
            return builder.makeCall(SqlStdOperatorTable.IS_TRUE, compared);
        }
        return exists(filtered(rows, compared(comparison, operands, rows)));
    }

    /** Whether the comparison is NULL for a row. */
    private RexNode unknown(RexSubQuery subquery, List<RexNode> operands, RelNode rows) {
        if (operands.size() > 1) {
            RexNode compared = compared(comparison(subquery), operands, rows);
            return compared.getType().isNullable()
                    ? exists(filtered(rows, builder.makeCall(SqlStdOperatorTable.IS_UNKNOWN, compared)))
                    : builder.makeLiteral(false);
        }
        RexNode operand = operands.getFirst();
        RexNode column = columns(rows).getFirst();
        List<RexNode> cases = new ArrayList<>();
        if (operand.getType().isNullable()) {
            RexNode isNull = builder.makeCall(SqlStdOperatorTable.IS_NULL, operand);
            cases.add(builder.makeCall(SqlStdOperatorTable.AND, isNull, exists(rows)));
        }
        if (column.getType().isNullable()) {
            cases.add(exists(filtered(rows, builder.makeCall(SqlStdOperatorTable.IS_NULL, column))));
        }
        return RexUtil.composeDisjunction(builder, cases);
    }

    private static SqlOperator comparison(RexSubQuery subquery) {
        return subquery.getKind() == SqlKind.IN
                ? SqlStdOperatorTable.EQUALS
                : SubqueryCondition.operator(((SqlQuantifyOperator) subquery.getOperator()).comparisonKind);
    }

    /** A comparison of the outer values with the subquery's columns, within the subquery. */
    private RexNode compared(SqlOperator comparison, List<RexNode> operands, RelNode rows) {
        RexNode row = builder.makeCorrel(rel.getRowType(), own);
        List<RexNode> columns = columns(rows);
        List<RexNode> comparisons = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) instanceof RexInputRef column
                    && column.getIndex() >= domain.getRowType().getFieldCount()) {
                domain = rel;
            }
            RexNode operand = operands.get(i) instanceof RexInputRef column
                    ? builder.makeFieldAccess(row, column.getIndex())
                    : operands.get(i);
            comparisons.add(builder.makeCall(comparison, operand, columns.get(i)));
        }
        return RexUtil.composeConjunction(builder, comparisons);
    }

    private static RelNode filtered(RelNode rows, RexNode condition) {
        return LogicalFilter.create(rows, condition);
    }

    /** Whether there are rows. */
    private RexNode exists(RelNode rows) {
        RelNode present = UnnestedRows.projected(rows, List.of(builder.makeLiteral(true)));
        RelNode distinct = LogicalAggregate.create(present, List.of(), ImmutableBitSet.of(0), null, List.of());
        return builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, joined(distinct));
    }

    /** The value of the only row, NULL if there is none. */
    private RexNode scalar(RelNode rows) {
        return joined(isAtMostOne(rows) ? rows : aggregated(rows, SqlStdOperatorTable.SINGLE_VALUE));
    }

    private static boolean isAtMostOne(RelNode rows) {
        return switch (rows) {
            case Aggregate aggregate ->
                aggregate.getGroupSet().isEmpty() && aggregate.getGroupType() == Aggregate.Group.SIMPLE;
            case Project project -> isAtMostOne(project.getInput());
            case LogicalFilter filter -> isAtMostOne(filter.getInput());
            case Sort sort ->
                isAtMostOne(sort.getInput())
                        || (sort.fetch instanceof RexLiteral count && RexLiteral.intValue(count) <= 1);
            case Values values -> values.getTuples().size() <= 1;
            default -> false;
        };
    }

    private RelNode aggregated(RelNode rows, SqlAggFunction function) {
        AggregateCall call = AggregateCall.create(
                function,
                false,
                false,
                false,
                List.of(),
                List.of(0),
                -1,
                null,
                RelCollations.EMPTY,
                true,
                rows,
                null,
                null);
        return LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(), null, List.of(call));
    }

    /** The first column of what is at most one row for each of these. */
    private RexNode joined(RelNode rows) {
        int place = rel.getRowType().getFieldCount();
        rel = Unnesting.join(rel, domain, rows, outer, JoinRelType.LEFT);
        return RexInputRef.of(place, rel.getRowType());
    }

    private static List<RexNode> columns(RelNode rel) {
        List<RexNode> columns = new ArrayList<>();
        IntStream.range(0, rel.getRowType().getFieldCount())
                .forEach(i -> columns.add(RexInputRef.of(i, rel.getRowType())));
        return columns;
    }
}
