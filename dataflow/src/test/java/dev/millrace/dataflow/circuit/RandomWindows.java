package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Unit;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random window functions with random frames. */
public final class RandomWindows {
    private final Random random;
    private final boolean mayFail;

    /** @param mayFail whether some may have no value */
    public RandomWindows(Random random, boolean mayFail) {
        this.random = random;
        this.mayFail = mayFail;
    }

    public Plan.Window over(Plan input) {
        List<DataType> types = input.types();
        List<Integer> partition = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            partition.add(random.nextInt(types.size()));
        }
        List<SortKey> order = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            order.add(new SortKey(random.nextInt(types.size()), random.nextBoolean(), random.nextBoolean()));
        }
        List<WindowCall> calls = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            calls.add(call(types, order));
        }
        return new Plan.Window(input, partition, order, calls);
    }

    public WindowCall call(List<DataType> types, List<SortKey> order) {
        int column = random.nextInt(types.size());
        DataType type = types.get(column);
        return switch (random.nextInt(8)) {
            case 0 -> new WindowCall.Ranking(pick(WindowCall.Ranking.Kind.values()));
            case 1 -> new WindowCall.Tile(1 + random.nextInt(4));
            case 2 -> {
                List<Integer> others = columnsOf(types, type);
                Optional<Integer> otherwise = random.nextBoolean()
                        ? Optional.of(others.get(random.nextInt(others.size())))
                        : Optional.empty();
                yield new WindowCall.Shifted(column, random.nextInt(7) - 3L, otherwise, type);
            }
            case 3, 4 -> {
                boolean last = random.nextInt(3) == 0;
                yield new WindowCall.FrameValue(
                        column, last ? 1 : 1 + random.nextInt(3), last, frame(types, order), type);
            }
            default -> new WindowCall.FrameAggregate(aggregate(types, column), frame(types, order));
        };
    }

    private AggregateCall aggregate(List<DataType> types, int column) {
        List<Integer> booleans = columnsOf(types, DataType.BOOL);
        Optional<Integer> filter =
                booleans.isEmpty() || random.nextBoolean() ? Optional.empty() : Optional.of(booleans.getFirst());
        Optional<Integer> argument = Optional.of(column);
        DataType type = types.get(column);
        boolean isNumber =
                type == DataType.INT4 || type == DataType.INT8 || type == DataType.NUMERIC || type == DataType.FLOAT8;
        if (mayFail && type == DataType.FLOAT8) {
            // The squares of large floats are out of range.
            return new AggregateCall(AggregateKind.VAR_POP, argument, false, filter, DataType.FLOAT8);
        }
        return switch (random.nextInt(isNumber ? 5 : 2)) {
            case 0 ->
                new AggregateCall(
                        AggregateKind.COUNT,
                        random.nextBoolean() ? Optional.empty() : argument,
                        false,
                        filter,
                        DataType.INT8);
            case 1 ->
                new AggregateCall(
                        random.nextBoolean() ? AggregateKind.MIN : AggregateKind.MAX, argument, false, filter, type);
            case 2 ->
                new AggregateCall(
                        AggregateKind.AVG,
                        argument,
                        false,
                        filter,
                        type == DataType.FLOAT8 ? DataType.FLOAT8 : DataType.NUMERIC);
            default ->
                new AggregateCall(
                        AggregateKind.SUM,
                        argument,
                        false,
                        filter,
                        type == DataType.INT4
                                ? DataType.INT8
                                : type == DataType.FLOAT8 ? DataType.FLOAT8 : DataType.NUMERIC);
        };
    }

    private WindowFrame frame(List<DataType> types, List<SortKey> order) {
        Unit unit = pick(Unit.values());
        Bound start = bound(unit, types, order);
        Bound end = bound(unit, types, order);
        return new WindowFrame(unit, start, end);
    }

    private Bound bound(Unit unit, List<DataType> types, List<SortKey> order) {
        boolean following = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> new Bound.Unbounded();
            case 1 -> new Bound.Current();
            default -> {
                if (unit != Unit.RANGE) {
                    yield new Bound.Offset(following, (long) random.nextInt(4));
                }
                DataType key = order.size() == 1 ? types.get(order.getFirst().column()) : DataType.TEXT;
                yield switch (key) {
                    case INT4, INT8 -> new Bound.Offset(following, (long) random.nextInt(4));
                    case NUMERIC -> new Bound.Offset(following, RandomRows.decimal("" + random.nextInt(3) + ".5"));
                    case FLOAT8 ->
                        new Bound.Offset(
                                following, random.nextInt(5) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(3) * 0.1);
                    default -> new Bound.Current();
                };
            }
        };
    }

    private static List<Integer> columnsOf(List<DataType> types, DataType type) {
        return IntStream.range(0, types.size())
                .filter(i -> types.get(i) == type)
                .boxed()
                .toList();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
