package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.IntervalMath;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates of the sorted values of a group that are not null. */
final class ReferenceOrderedSet {
    private ReferenceOrderedSet() {}

    static @Nullable Object compute(AggregateCall call, List<Row> rows) {
        int[] column = {call.column().orElseThrow()};
        List<Row> sorted = rows.stream()
                .filter(row -> row.get(column[0]) != null)
                .sorted(SortKey.comparator(call.order()).thenComparing(row -> row.project(column), Row::compareExactly))
                .toList();
        List<Object> values = new ArrayList<>();
        sorted.forEach(row -> values.add(Objects.requireNonNull(row.get(column[0]))));
        if (values.isEmpty()) {
            return null;
        }
        return switch (call.kind()) {
            case PERCENTILE_DISC -> {
                double place = Math.ceil(call.fraction().orElseThrow() * values.size());
                yield values.get(Math.max((int) place, 1) - 1);
            }
            case PERCENTILE_CONT -> {
                double place = call.fraction().orElseThrow() * (values.size() - 1);
                int low = (int) Math.floor(place);
                yield between(values.get(low), values.get((int) Math.ceil(place)), place - low);
            }
            default -> mostFrequent(values);
        };
    }

    private static Object between(Object low, Object high, double proportion) {
        if (proportion == 0) {
            return low;
        }
        if (low instanceof Double from && high instanceof Double to) {
            return from + proportion * (to - from);
        }
        try {
            Interval distance = IntervalMath.subtract((Interval) high, (Interval) low);
            return IntervalMath.add(IntervalMath.multiply(distance, proportion), (Interval) low);
        } catch (ArithmeticException e) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "interval out of range");
        }
    }

    /** Of values that are equal the first in exact order, which the sorted ones need not begin with where the greatest is first. */
    private static Object mostFrequent(List<Object> sorted) {
        Map<Row, List<Object>> equal = new LinkedHashMap<>();
        sorted.forEach(value -> equal.computeIfAbsent(Row.of(value).key(new int[] {0}), first -> new ArrayList<>())
                .add(value));
        List<Object> most = equal.values().stream()
                .reduce((one, other) -> other.size() > one.size() ? other : one)
                .orElseThrow();
        return Objects.requireNonNull(most.stream()
                .map(Row::of)
                .min(Row::compareExactly)
                .orElseThrow()
                .get(0));
    }
}
