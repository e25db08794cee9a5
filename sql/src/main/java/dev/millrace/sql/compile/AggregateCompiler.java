package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.ColumnMapping;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.AggregateOperator;
import dev.millrace.sql.function.Arithmetic;
import dev.millrace.sql.function.Presence;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Compiles a grouping: without calls it is the distinct rows of its keys; with several grouping sets it is a union of one for each.
 *
 * <p>The value of a scalar subquery is computed of the values of its row above the grouping, as that the rows are several, or what it computes of its row, is a data error for
 * those alone who ask for it: {@code CASE WHEN single(count(*)) THEN a / b END} for {@code single_value(a / b)}.
 */
final class AggregateCompiler {
    private final Aggregate aggregate;
    private final UniqueKeys uniqueKeys;
    private Plan input;

    AggregateCompiler(Aggregate aggregate, Plan input, UniqueKeys uniqueKeys) {
        this.aggregate = aggregate;
        this.input = input;
        this.uniqueKeys = uniqueKeys;
    }

    Plan compile() {
        List<String> names = aggregate.getInput().getRowType().getFieldNames();
        aggregate.getGroupSet().forEach(key -> ExpressionCompiler.requireReadable(typeOf(key), names.get(key)));
        aggregate.getGroupSet().forEach(key -> Orderable.require(input.types().get(key)));
        List<Plan> grouped =
                aggregate.getGroupSets().stream().map(this::grouped).toList();
        return grouped.size() == 1 ? grouped.getFirst() : new Plan.UnionAll(grouped);
    }

    /** The rows of one grouping set, in which the keys of others are NULL. */
    private Plan grouped(ImmutableBitSet set) {
        List<Integer> keys = set.asList();
        if (isOfSingleRows(keys)) {
            return singleRows();
        }
        List<Plan.AggregateCall> calls = new ArrayList<>();
        List<Expression> outputs = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            DataType type = input.types().get(key);
            outputs.add(
                    set.get(key) ? new Expression.Column(keys.indexOf(key), type) : new Expression.Literal(null, type));
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (call.getAggregation().getName().equals("LITERAL_AGG")) {
                // A constant per group, which subquery removal uses to see whether there was a match.
                outputs.add(Literals.compile((RexLiteral) call.rexList.getFirst()));
            } else if (call.getAggregation().getKind() == SqlKind.GROUPING) {
                outputs.add(new Expression.Literal(grouping(call, set), DataType.INT4));
            } else if (isSingleValue(call)) {
                outputs.add(singleValue(call.getArgList().getFirst(), keys.size(), calls));
            } else if (isPercentile(call)) {
                outputs.add(percentiles(call, keys.size(), calls));
            } else {
                Plan.AggregateCall compiled = call(call);
                outputs.add(new Expression.Column(keys.size() + calls.size(), compiled.type()));
                calls.add(compiled);
            }
        }
        Plan rows = calls.isEmpty() && !keys.isEmpty() ? distinct(keys) : new Plan.Aggregate(input, keys, calls);
        boolean asTheyAre =
                outputs.size() == rows.types().size() && outputs.stream().allMatch(Expression.Column.class::isInstance);
        return asTheyAre ? rows : new Plan.Project(rows, outputs);
    }

    private static boolean isSingleValue(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.SINGLE_VALUE;
    }

    /** Whether it gives the values of scalar subqueries, none of which has two rows. */
    private boolean isOfSingleRows(List<Integer> keys) {
        return !keys.isEmpty()
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && !aggregate.getAggCallList().isEmpty()
                && aggregate.getAggCallList().stream().allMatch(AggregateCompiler::isSingleValue)
                && uniqueKeys.of(input).stream().anyMatch(keys::containsAll);
    }

    private Plan singleRows() {
        List<Expression> outputs = new ArrayList<>();
        aggregate.getGroupSet().forEach(key -> outputs.add(columnOf(input, key)));
        Expression one = new Expression.Literal(1L, DataType.INT8);
        for (AggregateCall call : aggregate.getAggCallList()) {
            int column = call.getArgList().getFirst();
            Expression value = columnOf(input, column);
            outputs.add(mayFail(column) ? LateProjections.orNull(single(one), value) : value);
        }
        return LateProjections.project(input, outputs);
    }

    /**
     * The value of a column if there is one row.
     *
     * @param calls those that it reads are added; they stand after {@code keys} columns
     */
    private Expression singleValue(int column, int keys, List<Plan.AggregateCall> calls) {
        ExpressionCompiler.requireReadable(
                typeOf(column),
                aggregate.getInput().getRowType().getFieldNames().get(column));
        Expression value;
        if (mayFail(column) && input instanceof Plan.Project project) {
            Expression computed = project.expressions().get(column);
            List<Expression> places = new ArrayList<>(columnsOf(project.input()));
            for (int read : computed.columns()) {
                int place = added(columnOf(project.input(), read));
                places.set(read, called(AggregateKind.SINGLE_VALUE, Optional.of(place), keys, calls));
            }
            value = ColumnMapping.replace(computed, places);
        } else {
            value = called(AggregateKind.SINGLE_VALUE, Optional.of(column), keys, calls);
        }
        return LateProjections.orNull(single(called(AggregateKind.COUNT, Optional.empty(), keys, calls)), value);
    }

    private boolean mayFail(int column) {
        return input instanceof Plan.Project project
                && project.expressions().get(column).mayFail();
    }

    private static Expression single(Expression rows) {
        return new Expression.Call(Presence.SINGLE, List.of(rows), DataType.BOOL);
    }

    private Expression called(AggregateKind kind, Optional<Integer> column, int keys, List<Plan.AggregateCall> calls) {
        DataType type = column.map(input.types()::get).orElse(DataType.INT8);
        return called(new Plan.AggregateCall(kind, column, false, Optional.empty(), type), keys, calls);
    }

    private static Expression called(Plan.AggregateCall call, int keys, List<Plan.AggregateCall> calls) {
        if (!calls.contains(call)) {
            calls.add(call);
        }
        return new Expression.Column(keys + calls.indexOf(call), call.type());
    }

    private static boolean isPercentile(AggregateCall call) {
        return call.getAggregation().getName().startsWith("PERCENTILE_");
    }

    /** The percentile of a fraction, or the array of those of an array of fractions; NULL if there are no values. */
    private Expression percentiles(AggregateCall call, int keys, List<Plan.AggregateCall> calls) {
        AggregateKind kind = kind(call.getAggregation().getName());
        Object fractions = Fractions.constant(input, call.getArgList().getFirst());
        int value = call.getArgList().getLast();
        ExpressionCompiler.requireReadable(
                typeOf(value), aggregate.getInput().getRowType().getFieldNames().get(value));
        requireArgument(kind, input.types().get(value));
        Optional<Integer> filter = call.filterArg >= 0 ? Optional.of(call.filterArg) : Optional.empty();
        int read = filter.map(condition -> guarded(value, condition)).orElse(value);
        DataType given = input.types().get(read);
        DataType between = given == DataType.INTERVAL || given == DataType.TIME ? DataType.INTERVAL : DataType.FLOAT8;
        int column = kind == AggregateKind.PERCENTILE_CONT ? converted(read, between) : read;
        DataType type = input.types().get(column);
        boolean descending = QueryCompiler.order(call.getCollation()).getFirst().descending();
        SortKey key = new SortKey(column, descending, descending);
        Function<Double, Expression> percentile = fraction -> called(
                new Plan.AggregateCall(
                        kind,
                        Optional.of(column),
                        false,
                        filter,
                        type,
                        Optional.empty(),
                        List.of(key),
                        Optional.of(fraction)),
                keys,
                calls);
        return Fractions.percentiles(fractions, type, percentile);
    }

    /** The column of the input with a column's values converted. */
    private int converted(int column, DataType type) {
        Expression value = columnOf(input, column);
        if (value.type() == type) {
            return column;
        }
        Expression computed =
                input instanceof Plan.Project project ? project.expressions().get(column) : value;
        return added(ExpressionCompiler.convert(computed, type));
    }

    private static Expression columnOf(Plan plan, int column) {
        return new Expression.Column(column, plan.types().get(column));
    }

    private static List<Expression> columnsOf(Plan plan) {
        return IntStream.range(0, plan.types().size())
                .mapToObj(column -> columnOf(plan, column))
                .toList();
    }

    /** A bit for each argument, the first one's highest, that is 1 if it is none of the set. */
    private static int grouping(AggregateCall call, ImmutableBitSet set) {
        int bits = 0;
        for (int column : call.getArgList()) {
            bits = bits << 1 | (set.get(column) ? 0 : 1);
        }
        return bits;
    }

    private Plan distinct(List<Integer> keys) {
        List<Expression> columns = keys.stream()
                .<Expression>map(key -> new Expression.Column(key, input.types().get(key)))
                .toList();
        return new Plan.Distinct(new Plan.Project(input, columns));
    }

    private Plan.AggregateCall call(AggregateCall call) {
        String name = call.getAggregation().getName();
        AggregateKind kind = kind(name);
        List<SortKey> order =
                kind.isOrdered() || kind == AggregateKind.MODE ? QueryCompiler.order(call.getCollation()) : List.of();
        if (call.isApproximate()
                || call.getCollation().getFieldCollations().size() > order.size()
                || call.distinctKeys != null) {
            throw unsupported("ORDER BY or WITHIN GROUP in the aggregate " + name.toLowerCase(Locale.ROOT));
        }
        if (call.ignoreNulls()) {
            throw unsupported("IGNORE NULLS in the aggregate " + name.toLowerCase(Locale.ROOT));
        }
        if (name.equals("REGR_COUNT") && call.getArgList().size() < 2) {
            // What is never NULL the planner leaves out.
            kind = AggregateKind.COUNT;
        }
        boolean separated = kind == AggregateKind.STRING_AGG;
        if (separated && call.getArgList().size() != 2) {
            throw Refusal.invalid("string_agg takes a value and a separator");
        }
        if (call.getArgList().size() > (separated || kind.isOfPairs() ? 2 : 1)) {
            throw unsupported(name.toLowerCase(Locale.ROOT) + " of several columns");
        }
        if (kind.isOfPairs()) {
            return ofPairs(call, kind);
        }
        Optional<Integer> column = call.getArgList().stream().findFirst();
        for (int index : call.getArgList().subList(0, column.isPresent() ? 1 : 0)) {
            ExpressionCompiler.requireReadable(
                    typeOf(index),
                    aggregate.getInput().getRowType().getFieldNames().get(index));
            requireArgument(kind, input.types().get(index));
            if (call.isDistinct()) {
                Orderable.require(input.types().get(index));
            }
        }
        order.forEach(key -> Orderable.require(input.types().get(key.column())));
        Optional<Integer> separator = call.getArgList().stream().skip(1).findFirst();
        if (call.isDistinct()
                && !order.stream().allMatch(key -> call.getArgList().contains(key.column()))) {
            throw Refusal.invalid("in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list");
        }
        Optional<Integer> filter = call.filterArg >= 0 ? Optional.of(call.filterArg) : Optional.empty();
        UnaryOperator<Integer> read = index -> filter.isEmpty() ? index : guarded(index, filter.get());
        Optional<Integer> argument = column.map(read);
        List<SortKey> keys = order.stream()
                .map(key -> new SortKey(read.apply(key.column()), key.descending(), key.nullsFirst()))
                .toList();
        boolean keepsType = keepsType(kind);
        DataType type = keepsType ? input.types().get(column.orElseThrow()) : TypeMapping.toEngine(call.getType());
        return new Plan.AggregateCall(kind, argument, call.isDistinct(), filter, type, separator, keys);
    }

    private static boolean keepsType(AggregateKind kind) {
        return switch (kind) {
            case MIN, MAX, ANY_VALUE, MODE, BIT_AND, BIT_OR, BIT_XOR -> true;
            default -> false;
        };
    }

    private Plan.AggregateCall ofPairs(AggregateCall call, AggregateKind kind) {
        List<Integer> columns = new ArrayList<>();
        for (int index : call.getArgList()) {
            ExpressionCompiler.requireReadable(
                    typeOf(index),
                    aggregate.getInput().getRowType().getFieldNames().get(index));
            requireArgument(kind, input.types().get(index));
            int read = call.filterArg >= 0 ? guarded(index, call.filterArg) : index;
            columns.add(converted(read, DataType.FLOAT8));
        }
        return new Plan.AggregateCall(
                kind,
                Optional.of(columns.getFirst()),
                call.isDistinct(),
                call.filterArg >= 0 ? Optional.of(call.filterArg) : Optional.empty(),
                kind == AggregateKind.REGR_COUNT ? DataType.INT8 : DataType.FLOAT8,
                Optional.of(columns.getLast()),
                List.of());
    }

    /** An argument that may be a data error is not computed for rows that the call's filter keeps out. */
    private int guarded(int column, int filter) {
        if (!(input instanceof Plan.Project project)
                || !project.expressions().get(column).mayFail()) {
            return column;
        }
        List<Expression> expressions = project.expressions();
        Expression argument = expressions.get(column);
        return added(LateProjections.orNull(expressions.get(filter), argument));
    }

    /** The column of the input with this value, which is added if there is none; by what a projection reads. */
    private int added(Expression expression) {
        Plan.Project project =
                input instanceof Plan.Project existing ? existing : new Plan.Project(input, columnsOf(input));
        List<Expression> expressions = new ArrayList<>(project.expressions());
        if (!expressions.contains(expression)) {
            expressions.add(expression);
            input = new Plan.Project(project.input(), expressions);
        }
        return expressions.indexOf(expression);
    }

    static AggregateKind kind(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "COUNT" -> AggregateKind.COUNT;
            case "SUM" -> AggregateKind.SUM;
            case "AVG" -> AggregateKind.AVG;
            case "MIN" -> AggregateKind.MIN;
            case "MAX" -> AggregateKind.MAX;
            case "BOOL_AND", "EVERY" -> AggregateKind.BOOL_AND;
            case "BOOL_OR" -> AggregateKind.BOOL_OR;
            case "STDDEV_POP" -> AggregateKind.STDDEV_POP;
            case "STDDEV_SAMP", "STDDEV" -> AggregateKind.STDDEV_SAMP;
            case "VAR_POP" -> AggregateKind.VAR_POP;
            case "VAR_SAMP", "VARIANCE" -> AggregateKind.VAR_SAMP;
            // What the planner calls string_agg.
            case "LISTAGG" -> AggregateKind.STRING_AGG;
            case "ARRAY_AGG" -> AggregateKind.ARRAY_AGG;
            default ->
                AggregateOperator.named(name)
                        .map(operator -> AggregateKind.valueOf(operator.getName()))
                        .orElseThrow(() -> unsupported("the aggregate " + name.toLowerCase(Locale.ROOT)));
        };
    }

    static void requireArgument(AggregateKind kind, DataType type) {
        boolean fits = switch (kind) {
            case COUNT, SINGLE_VALUE, ANY_VALUE -> true;
            case BIT_AND, BIT_OR, BIT_XOR -> type == DataType.INT2 || type == DataType.INT4 || type == DataType.INT8;
            case PERCENTILE_CONT -> type == DataType.INTERVAL || type == DataType.TIME || Arithmetic.supports(type);
            case PERCENTILE_DISC, MODE -> type != DataType.JSON && type != DataType.JSON_ARRAY;
            case STRING_AGG -> type == DataType.TEXT || type == DataType.BYTEA;
            case ARRAY_AGG -> type.array().isPresent();
            case SUM, AVG -> type == DataType.INTERVAL || Arithmetic.supports(type);
            case MIN, MAX ->
                switch (type) {
                    case BOOL, UUID, JSON, JSONB, JSON_ARRAY -> false;
                    default -> true;
                };
            case BOOL_AND, BOOL_OR -> type == DataType.BOOL;
            default -> Arithmetic.supports(type);
        };
        boolean extreme = kind == AggregateKind.MIN || kind == AggregateKind.MAX;
        if ((type == DataType.UUID || type == DataType.JSONB) && extreme) {
            throw unsupported(kind.name().toLowerCase(Locale.ROOT) + " of " + type.sqlName()
                    + "s, which ALL and ANY come to as well,");
        }
        if (!fits && type == DataType.BOOL && extreme) {
            throw unsupported(
                    kind.name().toLowerCase(Locale.ROOT) + " of booleans, which NOT IN over rows comes to as well,");
        }
        if (!fits && type == DataType.CHAR) {
            throw unsupported(kind.name().toLowerCase(Locale.ROOT) + " of a char(n) column; cast it to text first; it");
        }
        if (!fits && kind == AggregateKind.ARRAY_AGG) {
            throw unsupported("array_agg of arrays");
        }
        if (!fits) {
            throw Refusal.invalid(
                    "there is no function " + kind.name().toLowerCase(Locale.ROOT) + "(" + type.sqlName() + ")");
        }
    }

    private RelDataType typeOf(int column) {
        return aggregate.getInput().getRowType().getFieldList().get(column).getType();
    }
}
