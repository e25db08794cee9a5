package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
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
        require(call.kind() == Plan.AggregateKind.COUNT && !call.distinct() && call.type() == DataType.INT8, call);
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
        require(call.separator().isEmpty() || input.get(call.separator().get()) == type, call);
        require(!call.distinct() || call.order().stream().allMatch(key -> isArgument(call, key.column())), call);
        Argument argument = argument(call, column, type, call.filter());
        if (call.kind().isOrdered()) {
            return inOrder(call, argument, first);
        }
        boolean isExtreme = call.kind() == Plan.AggregateKind.MIN || call.kind() == Plan.AggregateKind.MAX;
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
        boolean takesNulls =
                call.kind() == Plan.AggregateKind.SINGLE_VALUE || call.kind() == Plan.AggregateKind.ARRAY_AGG;
        return new Argument(takesNulls ? Optional.empty() : Optional.of(column), type, filter);
    }

    private Accumulator function(AggregateCall call, Argument argument, List<DataType> layout, int column, int first) {
        return switch (call.kind()) {
            case COUNT -> new Count(argument, counts(call, first));
            case SUM, AVG -> sum(call, argument, counts(call, first), first);
            case MIN, MAX -> extreme(call, argument, layout, column);
            case BOOL_AND, BOOL_OR -> new Booleans(call.kind() == Plan.AggregateKind.BOOL_AND, argument, first);
            case SINGLE_VALUE -> new Extreme(false, ordered(argument, layout, column), true);
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                Integers.are(argument.type())
                        ? new IntegerVariance(Moments.of(call.kind()), argument, first)
                        : new Variance(Moments.of(call.kind()), argument, first);
            case STRING_AGG, ARRAY_AGG -> throw unknown(call);
        };
    }

    private Accumulator inOrder(AggregateCall call, Argument argument, int first) {
        List<Integer> columns = call.read();
        int separator = call.separator().map(column -> place(columns, column)).orElse(-1);
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
        return call.kind() == Plan.AggregateKind.ARRAY_AGG
                ? new ArrayOfValues(values, call.type(), first)
                : new Concatenation(values, separator, call.type(), first);
    }

    /** Where a column is in {@link GroupedValues} of some columns. */
    private static int place(List<Integer> columns, int column) {
        return GroupedValues.VALUE + columns.indexOf(column);
    }

    /** That each different value counts once makes no difference. */
    private Accumulator runningExtreme(AggregateCall call, Argument argument, int first) {
        boolean greatest = call.kind() == Plan.AggregateKind.MAX;
        return Carrier.of(argument.type()) == Carrier.REFERENCE
                ? new RunningExtremeObject(greatest, argument, first)
                : new RunningExtreme(greatest, argument, ValueCounts.ofRows(first, rowsColumn), first);
    }

    /** The least and the greatest of the same values share them. */
    private Accumulator extreme(AggregateCall call, Argument argument, List<DataType> layout, int column) {
        boolean greatest = call.kind() == Plan.AggregateKind.MAX;
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
        boolean average = call.kind() == Plan.AggregateKind.AVG;
        return switch (argument.type()) {
            case INT2, INT4 ->
                new IntegerSum(average ? IntegerSum.Result.AVERAGE : IntegerSum.Result.INT8, argument, counts, first);
            case INT8 ->
                new IntegerSum(
                        average ? IntegerSum.Result.AVERAGE : IntegerSum.Result.NUMERIC, argument, counts, first);
            case NUMERIC -> new DecimalSum(average, argument, first);
            case FLOAT4 -> new FloatSum(average ? FloatSum.Result.AVERAGE : FloatSum.Result.FLOAT4, argument, first);
            case FLOAT8 -> new FloatSum(average ? FloatSum.Result.AVERAGE : FloatSum.Result.FLOAT8, argument, first);
            default -> throw unknown(call);
        };
    }

    private static DataType result(AggregateCall call, DataType column) {
        return switch (call.kind()) {
            case COUNT -> DataType.INT8;
            case MIN, MAX, SINGLE_VALUE -> column;
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
                    case NUMERIC, FLOAT4, FLOAT8 -> column;
                    default -> throw unknown(call);
                };
            case AVG, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                switch (column) {
                    case INT2, INT4, INT8, NUMERIC -> DataType.NUMERIC;
                    case FLOAT4, FLOAT8 -> DataType.FLOAT8;
                    default -> throw unknown(call);
                };
        };
    }

    private static boolean isArgument(AggregateCall call, int column) {
        return call.column().equals(Optional.of(column)) || call.separator().equals(Optional.of(column));
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
