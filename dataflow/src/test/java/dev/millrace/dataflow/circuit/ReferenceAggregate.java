package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.IntervalMath;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Computes one aggregate over all rows of a group. */
public final class ReferenceAggregate {
    private ReferenceAggregate() {}

    public static @Nullable Object compute(AggregateCall call, List<DataType> types, List<Row> group) {
        List<Row> rows = group.stream()
                .filter(row -> call.filter().isEmpty()
                        || Boolean.TRUE.equals(row.get(call.filter().get())))
                .toList();
        if (call.column().isEmpty()) {
            return (long) rows.size();
        }
        int column = call.column().get();
        if (call.kind() == AggregateKind.STRING_AGG) {
            return concatenation(call, rows);
        }
        if (call.kind() == AggregateKind.ARRAY_AGG) {
            return array(call, types.get(column), rows);
        }
        if (call.kind().isOfOrderedSet()) {
            return ReferenceOrderedSet.compute(call, rows);
        }
        if (call.kind().isOfPairs()) {
            return pairs(call, rows);
        }
        // Of values that are equal but not identical the first in exact order stands for all; hence the sort.
        List<Row> sorted = rows.stream()
                .map(row -> row.project(new int[] {column}))
                .sorted(Row::compareExactly)
                .toList();
        if (call.distinct()) {
            Map<Row, Row> different = new LinkedHashMap<>();
            sorted.forEach(row -> different.putIfAbsent(row.key(new int[] {0}), row));
            sorted = List.copyOf(different.values());
        }
        List<@Nullable Object> all = new ArrayList<>();
        sorted.forEach(row -> all.add(row.get(0)));
        List<Object> values = new ArrayList<>();
        all.stream().filter(Objects::nonNull).forEach(values::add);
        return switch (call.kind()) {
            case COUNT -> (long) values.size();
            case SUM -> values.isEmpty() ? null : sum(types.get(column), values);
            case AVG -> values.isEmpty() ? null : average(types.get(column), values);
            case MIN -> values.isEmpty() ? null : values.getFirst();
            case MAX -> values.isEmpty() ? null : values.getLast();
            case BOOL_AND -> values.isEmpty() ? null : !values.contains(false);
            case BOOL_OR -> values.isEmpty() ? null : values.contains(true);
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                new ReferenceVariance(call.kind()).compute(types.get(column), values);
            case SINGLE_VALUE -> all.isEmpty() ? null : all.getFirst();
            case ANY_VALUE -> values.isEmpty() ? null : values.getFirst();
            case BIT_AND -> bits(types.get(column), values, (left, right) -> left & right);
            case BIT_OR -> bits(types.get(column), values, (left, right) -> left | right);
            case BIT_XOR -> bits(types.get(column), values, (left, right) -> left ^ right);
            default -> throw new IllegalStateException("of several columns");
        };
    }

    private static @Nullable Object bits(DataType type, List<Object> values, LongBinaryOperator operator) {
        OptionalLong bits =
                values.stream().mapToLong(value -> ((Number) value).longValue()).reduce(operator);
        return switch (type) {
            case INT2 -> bits.isEmpty() ? null : (Short) (short) bits.getAsLong();
            case INT4 -> bits.isEmpty() ? null : (Integer) (int) bits.getAsLong();
            default -> bits.isEmpty() ? null : (Long) bits.getAsLong();
        };
    }

    private static @Nullable Object pairs(AggregateCall call, List<Row> rows) {
        int[] columns = {call.column().orElseThrow(), call.second().orElseThrow()};
        Map<Row, Row> different = new LinkedHashMap<>();
        List<Row> pairs = new ArrayList<>();
        for (Row row : rows) {
            Row pair = row.project(columns);
            boolean isNew = different.putIfAbsent(pair.key(new int[] {0, 1}), pair) == null;
            if (pair.get(0) != null && pair.get(1) != null && (isNew || !call.distinct())) {
                pairs.add(pair);
            }
        }
        List<Double> ys = new ArrayList<>();
        List<Double> xs = new ArrayList<>();
        for (Row pair : pairs) {
            ys.add((Double) Objects.requireNonNull(pair.get(0)));
            xs.add((Double) Objects.requireNonNull(pair.get(1)));
        }
        return new ReferenceRegression(ys, xs).compute(call.kind());
    }

    private static @Nullable ArrayValue array(AggregateCall call, DataType element, List<Row> rows) {
        int[] column = {call.column().orElseThrow()};
        List<Row> ordered = rows.stream()
                .sorted(SortKey.comparator(call.order()).thenComparing(row -> row.project(column), Row::compareExactly))
                .toList();
        if (call.distinct()) {
            Map<Row, Row> different = new LinkedHashMap<>();
            ordered.forEach(row -> different.putIfAbsent(row.key(column), row));
            ordered = List.copyOf(different.values());
        }
        @Nullable
        Object[] values = ordered.stream().map(row -> row.get(column[0])).toArray();
        return values.length == 0 ? null : ArrayValue.owning(element, values);
    }

    private static @Nullable String concatenation(AggregateCall call, List<Row> rows) {
        int column = call.column().orElseThrow();
        int separator = call.second().orElseThrow();
        List<Row> ordered = rows.stream()
                .filter(row -> row.get(column) != null)
                .sorted(SortKey.comparator(call.order())
                        .thenComparing(row -> row.project(new int[] {column, separator}), Row::compareExactly))
                .toList();
        if (call.distinct()) {
            Map<Row, Row> different = new LinkedHashMap<>();
            ordered.forEach(row -> different.putIfAbsent(row.key(new int[] {column, separator}), row));
            ordered = List.copyOf(different.values());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ordered.size(); i++) {
            Object before = ordered.get(i).get(separator);
            text.append(i == 0 || before == null ? "" : before)
                    .append(ordered.get(i).get(column));
        }
        return ordered.isEmpty() ? null : text.toString();
    }

    private static Object sum(DataType type, List<Object> values) {
        return switch (type) {
            case FLOAT4 -> inRange((float) floatSum(type, values), values);
            case FLOAT8 -> inRange(floatSum(type, values), values);
            case INT2, INT4 -> decimalSum(values).value().longValueExact();
            case INTERVAL -> intervalSum(values);
            default -> decimalSum(values);
        };
    }

    private static Object average(DataType type, List<Object> values) {
        if (type == DataType.FLOAT4 || type == DataType.FLOAT8) {
            return (inRange(floatSum(DataType.FLOAT8, values), values) + 0.0) / values.size();
        }
        if (type == DataType.INTERVAL) {
            Interval sum = intervalSum(values);
            return sum.isFinite() ? IntervalMath.divide(sum, values.size()) : sum;
        }
        Decimal sum = decimalSum(values);
        return sum.isFinite() ? Decimal.of(divide(sum.value(), BigDecimal.valueOf(values.size()))) : sum;
    }

    private static Interval intervalSum(List<Object> values) {
        BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
        boolean positive = values.contains(Interval.INFINITY);
        boolean negative = values.contains(Interval.NEGATIVE_INFINITY);
        for (Object value : values) {
            Interval interval = (Interval) value;
            if (interval.isFinite()) {
                sums[0] = sums[0].add(BigInteger.valueOf(interval.months()));
                sums[1] = sums[1].add(BigInteger.valueOf(interval.days()));
                sums[2] = sums[2].add(BigInteger.valueOf(interval.micros()));
            }
        }
        try {
            if (positive || negative) {
                return IntervalMath.add(
                        positive ? Interval.INFINITY : Interval.ZERO,
                        negative ? Interval.NEGATIVE_INFINITY : Interval.ZERO);
            }
            return IntervalMath.finite(
                    new Interval(sums[0].intValueExact(), sums[1].intValueExact(), sums[2].longValueExact()));
        } catch (ArithmeticException e) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "interval out of range");
        }
    }

    private static Decimal decimalSum(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        double specials = 0;
        for (Object value : values) {
            Decimal decimal = value instanceof Decimal number ? number : Decimal.of(((Number) value).longValue());
            if (decimal.isFinite()) {
                sum = sum.add(decimal.value());
            } else {
                specials += decimal.doubleValue();
            }
        }
        return specials == 0 ? Decimal.of(sum) : Decimal.special(specials);
    }

    private static float inRange(float sum, List<Object> values) {
        inRange((double) sum, values);
        return sum;
    }

    /** A sum that is too large for its type is an error, unless a value was infinite already. */
    private static double inRange(double sum, List<Object> values) {
        if (Double.isInfinite(sum)
                && values.stream().allMatch(value -> Double.isFinite(((Number) value).doubleValue()))) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        return sum;
    }

    private static double floatSum(DataType type, List<Object> values) {
        List<Double> numbers =
                values.stream().map(value -> ((Number) value).doubleValue()).toList();
        DoublePredicate special = number -> !Double.isFinite(number);
        if (numbers.stream().anyMatch(special::test)) {
            return numbers.stream()
                    .filter(special::test)
                    .mapToDouble(Double::doubleValue)
                    .reduce(0.0, Double::sum);
        }
        if (numbers.stream().allMatch(number -> Values.identical(number, -0.0))) {
            return -0.0;
        }
        BigDecimal exact = numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        return type == DataType.FLOAT4 ? exact.floatValue() : exact.doubleValue();
    }

    /** Postgres's rule, from its digits in base 10000 found by trial. */
    private static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        int weight = weight(dividend) - weight(divisor);
        if (digit(dividend).compareTo(digit(divisor)) <= 0) {
            weight--;
        }
        int scale = Math.max(Math.max(16 - 4 * weight, dividend.scale()), Math.max(divisor.scale(), 0));
        return dividend.divide(divisor, Math.min(scale, 1000), RoundingMode.HALF_UP);
    }

    private static int weight(BigDecimal number) {
        int weight = 0;
        while (number.abs().compareTo(BigDecimal.ONE.movePointRight(4 * (weight + 1))) >= 0) {
            weight++;
        }
        while (number.signum() != 0 && number.abs().compareTo(BigDecimal.ONE.movePointRight(4 * weight)) < 0) {
            weight--;
        }
        return weight;
    }

    private static BigDecimal digit(BigDecimal number) {
        return number.abs().movePointLeft(4 * weight(number)).setScale(0, RoundingMode.DOWN);
    }
}
