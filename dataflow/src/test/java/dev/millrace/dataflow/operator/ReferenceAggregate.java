package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.AggregateKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes one aggregate over all rows of a group. */
final class ReferenceAggregate {
    private ReferenceAggregate() {}

    static @Nullable Object compute(AggregateCall call, List<DataType> types, List<Row> group) {
        List<Row> rows = group.stream()
                .filter(row -> call.filter().isEmpty()
                        || Boolean.TRUE.equals(row.get(call.filter().get())))
                .toList();
        if (call.column().isEmpty()) {
            return (long) rows.size();
        }
        int column = call.column().get();
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
            case SINGLE_VALUE -> single(all);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> variance(call.kind(), types.get(column), values);
        };
    }

    private static @Nullable Object single(List<@Nullable Object> values) {
        if (values.size() > 1) {
            throw new MillraceException(
                    ErrorCode.DATA_ERROR, "more than one row returned by a subquery used as an expression");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FLOAT4 || type == DataType.FLOAT8;
    }

    private static Object sum(DataType type, List<Object> values) {
        if (isFloat(type)) {
            Object sum = floatSum(type, values);
            return type == DataType.FLOAT4 ? (Object) ((Double) sum).floatValue() : sum;
        }
        Decimal sum = decimalSum(values);
        boolean isInt8 = type == DataType.INT2 || type == DataType.INT4;
        return isInt8 ? (Object) sum.value().longValueExact() : sum;
    }

    private static Object average(DataType type, List<Object> values) {
        if (isFloat(type)) {
            return (floatSum(DataType.FLOAT8, values) + 0.0) / values.size();
        }
        Decimal sum = decimalSum(values);
        return sum.isFinite() ? Decimal.of(divide(sum.value(), BigDecimal.valueOf(values.size()))) : sum;
    }

    private static Decimal decimal(Object value) {
        return switch (value) {
            case Decimal decimal -> decimal;
            case Double number when !Double.isFinite(number) -> Decimal.special(number);
            case Float number when !Float.isFinite(number) -> Decimal.special(number);
            case Double number -> Decimal.of(new BigDecimal(number));
            case Float number -> Decimal.of(new BigDecimal(number));
            default -> Decimal.of(((Number) value).longValue());
        };
    }

    private static Decimal decimalSum(List<Object> values) {
        BigDecimal sum = BigDecimal.ZERO;
        double specials = 0;
        for (Object value : values) {
            Decimal decimal = decimal(value);
            if (decimal.isFinite()) {
                sum = sum.add(decimal.value());
            } else {
                specials += decimal.doubleValue();
            }
        }
        return specials == 0 ? Decimal.of(sum) : Decimal.special(specials);
    }

    private static double floatSum(DataType type, List<Object> values) {
        Decimal sum = decimalSum(values);
        if (!sum.isFinite()) {
            return sum.doubleValue();
        }
        if (values.stream().allMatch(value -> Values.identical(((Number) value).doubleValue(), -0.0))) {
            return -0.0;
        }
        return type == DataType.FLOAT4 ? sum.value().floatValue() : sum.value().doubleValue();
    }

    /** By the definition, as Postgres computes it for numerics. */
    private static @Nullable Object variance(AggregateKind kind, DataType type, List<Object> values) {
        boolean sample = kind == AggregateKind.VAR_SAMP || kind == AggregateKind.STDDEV_SAMP;
        boolean root = kind == AggregateKind.STDDEV_POP || kind == AggregateKind.STDDEV_SAMP;
        if (values.size() <= (sample ? 1 : 0)) {
            return null;
        }
        if (!decimalSum(values).isFinite()) {
            return isFloat(type) ? (Object) Double.NaN : Decimal.NAN;
        }
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal sum = decimalSum(values).value();
        BigDecimal squares = BigDecimal.ZERO;
        for (Object value : values) {
            BigDecimal number = decimal(value).value();
            squares = squares.add(number.multiply(number));
        }
        BigDecimal numerator = count.multiply(squares).subtract(sum.multiply(sum));
        BigDecimal denominator = count.multiply(sample ? count.subtract(BigDecimal.ONE) : count);
        if (numerator.signum() == 0) {
            return isFloat(type) ? (Object) 0.0 : Decimal.ZERO;
        }
        MathContext context = new MathContext(60);
        if (isFloat(type)) {
            BigDecimal variance = numerator.divide(denominator, context);
            return (root ? variance.sqrt(context) : variance).doubleValue();
        }
        BigDecimal variance = divide(numerator.setScale(2 * Math.max(sum.scale(), 0)), denominator);
        return Decimal.of(
                root
                        ? variance.sqrt(new MathContext(variance.precision() + variance.scale() + 20))
                                .setScale(variance.scale(), RoundingMode.HALF_UP)
                        : variance);
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
