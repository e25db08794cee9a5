package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Carrier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which accumulator does an aggregate call. The result types are Postgres's. */
public final class Accumulators {
    private final List<DataType> input;
    private final int rowsColumn;
    private final boolean appendOnly;
    private final CodeCache cache;
    private final Map<Argument, OrderedValues> extremes = new HashMap<>();
    /** By what they are of, and by whether the greatest is first. */
    private final Map<Argument, OrderedValues> ascending = new HashMap<>();

    private final Map<Argument, OrderedValues> descending = new HashMap<>();

    /** By their columns. */
    private final Map<Integer, DistinctPairs> distincts = new HashMap<>();

    private Accumulators(List<DataType> input, int rowsColumn, boolean appendOnly, CodeCache cache) {
        this.input = input;
        this.rowsColumn = rowsColumn;
        this.appendOnly = appendOnly;
        this.cache = cache;
    }

    /**
     * An accumulator for each call, with its columns in the store of the plan's {@link Groups}, one after the other.
     *
     * @param appendOnly whether no row is ever taken back
     * @throws IllegalArgumentException if there is no such aggregate for these types
     */
    public static List<Accumulator> create(Plan.Aggregate plan, boolean appendOnly, CodeCache cache) {
        List<DataType> input = plan.input().types();
        Accumulators factory = new Accumulators(input, plan.keys().size(), appendOnly, cache);
        int first = GroupLayout.firstState(plan.keys().stream().map(input::get).toList());
        List<Accumulator> accumulators = new ArrayList<>();
        for (AggregateCall call : plan.calls()) {
            require(call.filter().isEmpty() || input.get(call.filter().get()) == DataType.BOOL, call);
            Accumulator accumulator =
                    call.column().isEmpty() ? factory.overRows(call, first) : factory.overColumn(call, first);
            accumulators.add(accumulator);
            first += accumulator.state().size();
        }
        return accumulators;
    }

    private Accumulator overRows(AggregateCall call, int first) {
        require(call.kind() == AggregateKind.COUNT && !call.distinct() && call.type() == DataType.INT8, call);
        return call.filter().isEmpty()
                ? new RowCount(rowsColumn)
                : new Count(
                        new Argument(Optional.empty(), DataType.INT8, call.filter()),
                        ValueCounts.ofRows(first, rowsColumn));
    }

    private Accumulator overColumn(AggregateCall call, int first) {
        int column = call.column().orElseThrow();
        DataType type = input.get(column);
        require(call.type() == result(call, type), call);
        require(call.second().isEmpty() || input.get(call.second().get()) == type, call);
        require(
                call.kind().isOfPairs()
                        == (call.second().isPresent() && !call.kind().isOrdered()),
                call);
        require(!call.distinct() || call.order().stream().allMatch(key -> isArgument(call, key.column())), call);
        Argument argument = argument(call, column, type, call.filter());
        if (call.kind().isOrdered()) {
            return inOrder(call, argument, first);
        }
        if (call.kind().isOfOrderedSet()) {
            return ofOrderedSet(call, argument, column);
        }
        if (call.kind().isOfPairs()) {
            return ofPairs(call, argument, first);
        }
        boolean isExtreme = call.kind() == AggregateKind.MIN
                || call.kind() == AggregateKind.MAX
                || call.kind() == AggregateKind.ANY_VALUE;
        // DISTINCT shows the first of equal values, whichever extreme it is.
        boolean choosesForm = call.distinct() && type.hasSeveralForms();
        if (appendOnly && isExtreme && !choosesForm) {
            return runningExtreme(call, argument, first);
        }
        if (!call.distinct()) {
            return function(call, argument, input, column, first);
        }
        Argument different = argument(call, GroupedValues.VALUE, type, Optional.empty());
        if (argument.column().isPresent() && !type.hasSeveralForms()) {
            return shared(call, argument, different, first);
        }
        GroupedValues values = new GroupedValues(argument, input, List.of(column), cache);
        return new DistinctValues(values, function(call, different, values.types(), GroupedValues.VALUE, first), cache);
    }

    private Accumulator shared(AggregateCall call, Argument argument, Argument different, int first) {
        boolean isOwner = !distincts.containsKey(argument.required());
        DistinctPairs pairs = distincts.computeIfAbsent(
                argument.required(),
                column -> new DistinctPairs(argument(call, column, argument.type(), Optional.empty()), input, cache));
        Accumulator function = function(call, different, pairs.types(), GroupedValues.VALUE, first);
        return new SharedDistinctValues(pairs, isOwner, argument, function);
    }

    private static Argument argument(AggregateCall call, int column, DataType type, Optional<Integer> filter) {
        // A row is a value of it even if it is NULL.
        boolean takesNulls = call.kind() == AggregateKind.SINGLE_VALUE || call.kind() == AggregateKind.ARRAY_AGG;
        return new Argument(takesNulls ? Optional.empty() : Optional.of(column), type, filter);
    }

    private Accumulator function(AggregateCall call, Argument argument, List<DataType> layout, int column, int first) {
        return switch (call.kind()) {
            case COUNT -> new Count(argument, counts(call, first));
            case SUM, AVG -> sum(call, argument, counts(call, first), first);
            case MIN, MAX, ANY_VALUE -> extreme(call, argument, layout, column);
            case BIT_AND, BIT_OR, BIT_XOR -> new Bits(call.kind(), argument, first);
            case BOOL_AND, BOOL_OR -> new Booleans(call.kind() == AggregateKind.BOOL_AND, argument, first);
            case SINGLE_VALUE -> new Extreme(false, ordered(argument, layout, column), true);
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                Integers.are(argument.type())
                        ? new IntegerVariance(Moments.of(call.kind()), argument, first)
                        : new Variance(Moments.of(call.kind()), argument, first);
            default -> throw unknown(call);
        };
    }

    private Accumulator ofPairs(AggregateCall call, Argument y, int first) {
        PairMoments moments = PairMoments.of(call.kind());
        Argument x = new Argument(call.second(), DataType.FLOAT8, Optional.empty());
        if (!call.distinct()) {
            return new Regression(moments, y, x, first);
        }
        GroupedValues values = new GroupedValues(y, input, call.read(), cache);
        Argument otherY = new Argument(Optional.of(GroupedValues.VALUE), DataType.FLOAT8, Optional.empty());
        Argument otherX = new Argument(
                Optional.of(place(call.read(), call.second().orElseThrow())), DataType.FLOAT8, Optional.empty());
        return new DistinctValues(values, new Regression(moments, otherY, otherX, first), cache);
    }

    /** Percentiles of the same values in the same order share them. */
    private Accumulator ofOrderedSet(AggregateCall call, Argument argument, int column) {
        require(
                !call.distinct()
                        && call.order().size() == 1
                        && isArgument(call, call.order().getFirst().column()),
                call);
        boolean fromGreatest = call.order().getFirst().descending();
        GroupedValues values = new GroupedValues(argument, input, List.of(column), cache);
        if (call.kind() == AggregateKind.MODE) {
            return new Mode(values, fromGreatest, cache);
        }
        Map<Argument, OrderedValues> existing = fromGreatest ? descending : ascending;
        boolean isOwner = !existing.containsKey(argument);
        SortKey key = new SortKey(GroupedValues.VALUE, fromGreatest, fromGreatest);
        OrderedValues ordered =
                existing.computeIfAbsent(argument, same -> OrderedValues.counted(values, List.of(key), cache));
        return new Percentile(
                call.kind() == AggregateKind.PERCENTILE_CONT,
                call.fraction().orElseThrow(),
                argument.type(),
                ordered,
                isOwner);
    }

    private Accumulator inOrder(AggregateCall call, Argument argument, int first) {
        List<Integer> columns = call.read();
        int separator = call.second().map(column -> place(columns, column)).orElse(-1);
        List<SortKey> order = new ArrayList<>();
        call.order()
                .forEach(key ->
                        order.add(new SortKey(place(columns, key.column()), key.descending(), key.nullsFirst())));
        if (order.isEmpty()) {
            order.add(new SortKey(GroupedValues.VALUE, false, false));
        }
        GroupedValues values = new GroupedValues(argument, input, columns, cache);
        if (!call.distinct()) {
            return whole(call, new OrderedValues(values, order, cache), separator, first);
        }
        List<Integer> all = IntStream.range(1, values.types().size()).boxed().toList();
        GroupedValues different = new GroupedValues(
                argument(call, GroupedValues.VALUE, argument.type(), Optional.empty()), values.types(), all, cache);
        return new DistinctValues(
                values, whole(call, new OrderedValues(different, order, cache), separator, first), cache);
    }

    private static Accumulator whole(AggregateCall call, OrderedValues values, int separator, int first) {
        return call.kind() == AggregateKind.ARRAY_AGG
                ? new ArrayOfValues(values, call.type(), first)
                : new Concatenation(values, separator, call.type(), first);
    }

    /** Where a column is in {@link GroupedValues} of some columns. */
    private static int place(List<Integer> columns, int column) {
        return GroupedValues.VALUE + columns.indexOf(column);
    }

    /** That each different value counts once makes no difference. */
    private Accumulator runningExtreme(AggregateCall call, Argument argument, int first) {
        boolean greatest = call.kind() == AggregateKind.MAX;
        return Carrier.of(argument.type()) == Carrier.REFERENCE
                ? new RunningExtremeObject(greatest, argument, first)
                : new RunningExtreme(greatest, argument, ValueCounts.ofRows(first, rowsColumn), first);
    }

    /** The least and the greatest of the same values share them. */
    private Accumulator extreme(AggregateCall call, Argument argument, List<DataType> layout, int column) {
        boolean greatest = call.kind() == AggregateKind.MAX;
        OrderedValues existing = call.distinct() ? null : extremes.get(argument);
        if (existing != null) {
            return new Extreme(greatest, existing, false);
        }
        OrderedValues values = ordered(argument, layout, column);
        if (!call.distinct()) {
            extremes.put(argument, values);
        }
        return new Extreme(greatest, values, true);
    }

    /** How many values a function has; of DISTINCT ones they are not the rows. */
    private ValueCounts counts(AggregateCall call, int first) {
        return call.distinct() ? ValueCounts.ofOthers(first) : ValueCounts.ofRows(first, rowsColumn);
    }

    private OrderedValues ordered(Argument argument, List<DataType> layout, int column) {
        return new OrderedValues(new GroupedValues(argument, layout, List.of(column), cache), cache);
    }

    private static Accumulator sum(AggregateCall call, Argument argument, ValueCounts counts, int first) {
        boolean average = call.kind() == AggregateKind.AVG;
        return switch (argument.type()) {
            case INT2, INT4 ->
                new IntegerSum(average ? IntegerSum.Result.AVERAGE : IntegerSum.Result.INT8, argument, counts, first);
            case INT8 ->
                new IntegerSum(
                        average ? IntegerSum.Result.AVERAGE : IntegerSum.Result.NUMERIC, argument, counts, first);
            case NUMERIC -> new DecimalSum(average, argument, first);
            case FLOAT4 -> new FloatSum(average ? FloatSum.Result.AVERAGE : FloatSum.Result.FLOAT4, argument, first);
            case FLOAT8 -> new FloatSum(average ? FloatSum.Result.AVERAGE : FloatSum.Result.FLOAT8, argument, first);
            case INTERVAL -> new IntervalSum(average, argument, first);
            default -> throw unknown(call);
        };
    }

    private static DataType result(AggregateCall call, DataType column) {
        return switch (call.kind()) {
            case COUNT -> DataType.INT8;
            case MIN, MAX, SINGLE_VALUE, ANY_VALUE, PERCENTILE_DISC, MODE -> column;
            case BIT_AND, BIT_OR, BIT_XOR -> {
                require(Integers.are(column), call);
                yield column;
            }
            case PERCENTILE_CONT -> {
                require(column == DataType.FLOAT8 || column == DataType.INTERVAL, call);
                yield column;
            }
            case CORR,
                    COVAR_POP,
                    COVAR_SAMP,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> {
                require(column == DataType.FLOAT8, call);
                yield call.kind() == AggregateKind.REGR_COUNT ? DataType.INT8 : DataType.FLOAT8;
            }
            case STRING_AGG -> {
                require(column == DataType.TEXT || column == DataType.BYTEA, call);
                yield column;
            }
            case ARRAY_AGG -> column.array().orElseThrow(() -> unknown(call));
            case BOOL_AND, BOOL_OR -> {
                require(column == DataType.BOOL, call);
                yield DataType.BOOL;
            }
            case SUM ->
                switch (column) {
                    case INT2, INT4 -> DataType.INT8;
                    case INT8 -> DataType.NUMERIC;
                    case NUMERIC, FLOAT4, FLOAT8, INTERVAL -> column;
                    default -> throw unknown(call);
                };
            case AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                switch (column) {
                    case INT2, INT4, INT8, NUMERIC -> DataType.NUMERIC;
                    case FLOAT4, FLOAT8 -> DataType.FLOAT8;
                    case INTERVAL -> {
                        require(call.kind() == AggregateKind.AVG, call);
                        yield DataType.INTERVAL;
                    }
                    default -> throw unknown(call);
                };
        };
    }

    private static boolean isArgument(AggregateCall call, int column) {
        return call.column().equals(Optional.of(column)) || call.second().equals(Optional.of(column));
    }

    private static void require(boolean condition, AggregateCall call) {
        if (!condition) {
            throw unknown(call);
        }
    }

    private static IllegalArgumentException unknown(AggregateCall call) {
        return new IllegalArgumentException("no such aggregate over this input: " + call);
    }
}
