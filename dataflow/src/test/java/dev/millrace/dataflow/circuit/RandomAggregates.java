package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random aggregates of bits, of pairs and of ordered sets. */
public final class RandomAggregates {
    private static final List<AggregateKind> BITS =
            List.of(AggregateKind.BIT_AND, AggregateKind.BIT_OR, AggregateKind.BIT_XOR);
    private static final List<AggregateKind> PAIRS =
            Stream.of(AggregateKind.values()).filter(AggregateKind::isOfPairs).toList();
    private static final List<Double> FRACTIONS = List.of(0.0, 0.25, 1 / 3.0, 0.5, 0.9, 1.0);

    private final Random random;
    private final boolean mayFail;

    public RandomAggregates(Random random, boolean mayFail) {
        this.random = random;
        this.mayFail = mayFail;
    }

    /** One over a column, whatever its type is. */
    public AggregateCall call(List<DataType> types, int column, boolean distinct, Optional<Integer> filter) {
        DataType type = types.get(column);
        boolean other = random.nextBoolean();
        return switch (type) {
            case INT2, INT4, INT8 ->
                other
                        ? new AggregateCall(pick(BITS), Optional.of(column), distinct, filter, type)
                        : ofOrderedSet(type, column, filter);
            // The squares of large floats are out of range.
            case FLOAT8 ->
                other && mayFail ? ofPairs(types, column, distinct, filter) : ofOrderedSet(type, column, filter);
            default -> ofOrderedSet(type, column, filter);
        };
    }

    private AggregateCall ofPairs(List<DataType> types, int column, boolean distinct, Optional<Integer> filter) {
        AggregateKind kind = pick(PAIRS);
        List<Integer> floats = IntStream.range(0, types.size())
                .filter(other -> types.get(other) == DataType.FLOAT8)
                .boxed()
                .toList();
        return new AggregateCall(
                kind,
                Optional.of(column),
                distinct,
                filter,
                kind == AggregateKind.REGR_COUNT ? DataType.INT8 : DataType.FLOAT8,
                Optional.of(pick(floats)),
                List.of());
    }

    private AggregateCall ofOrderedSet(DataType type, int column, Optional<Integer> filter) {
        AggregateKind kind = random.nextInt(3) == 0
                ? AggregateKind.MODE
                : type == DataType.FLOAT8 && random.nextBoolean()
                        ? AggregateKind.PERCENTILE_CONT
                        : AggregateKind.PERCENTILE_DISC;
        return new AggregateCall(
                kind,
                Optional.of(column),
                false,
                filter,
                type,
                Optional.empty(),
                List.of(new SortKey(column, random.nextBoolean(), random.nextBoolean())),
                kind == AggregateKind.MODE ? Optional.empty() : Optional.of(pick(FRACTIONS)));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
