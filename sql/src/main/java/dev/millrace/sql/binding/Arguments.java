package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.Functions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user gives for a query's parameters, as values. An integer may be of any width that its value fits in, a numeric any exact number. A text that stands for a value of another
 * type is read as a quoted literal is.
 */
public final class Arguments {
    private static final int NANOS_PER_MICRO = 1000;

    private Arguments() {}

    /**
     * The row of these arguments.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} if they are too few or too many, or one is of another type; {@code DATA_ERROR} if a text cannot be read
     */
    public static Row of(List<ColumnType> types, List<? extends @Nullable Object> arguments) {
        if (types.size() != arguments.size()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the query has " + count(types.size()) + ", and there are values for " + arguments.size());
        }
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, types.get(i), arguments.get(i));
        }
        return Row.owning(values);
    }

    private static String count(int parameters) {
        return parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    private static @Nullable Object value(int index, ColumnType type, @Nullable Object argument) {
        if (argument == null) {
            return null;
        }
        if (argument instanceof String text && type.type() != DataType.TEXT && type.type() != DataType.CHAR) {
            return read(index, type, text);
        }
        try {
            Object value = value(type, argument);
            if (value != null) {
                return value;
            }
        } catch (ArithmeticException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the value of $" + (index + 1) + " is out of range for " + type + ": " + argument,
                    e);
        }
        throw new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "the value of $" + (index + 1) + " should be of type " + type + ", not a "
                        + argument.getClass().getName());
    }

    private static @Nullable Object read(int index, ColumnType type, String text) {
        Expression constant = new Expression.Literal(text, DataType.TEXT);
        return new Expression.Call(
                        Functions.conversion(DataType.TEXT, type)
                                .orElseThrow(() -> new MillraceException(
                                        ErrorCode.INVALID_ARGUMENT,
                                        "the value of $" + (index + 1) + " should be of type " + type
                                                + ", not a text")),
                        List.of(constant),
                        type.type())
                .evaluate(Row.EMPTY);
    }

    /** Null if the argument is of no class that the type takes. */
    private static @Nullable Object value(ColumnType type, Object argument) {
        return switch (type.type()) {
            case BOOL -> argument instanceof Boolean ? argument : null;
            case INT2 -> isExact(argument) ? (Object) exact(argument).shortValueExact() : null;
            case INT4 -> isExact(argument) ? (Object) exact(argument).intValueExact() : null;
            case INT8 -> isExact(argument) ? (Object) exact(argument).longValueExact() : null;
            case NUMERIC -> isExact(argument) ? Decimal.of(exact(argument)) : null;
            case FLOAT4 -> argument instanceof Float ? argument : null;
            case FLOAT8 ->
                argument instanceof Double || argument instanceof Float || argument instanceof Integer
                        ? (Object) ((Number) argument).doubleValue()
                        : null;
            case TEXT -> argument instanceof String ? argument : null;
            case CHAR -> argument instanceof String text ? text.replaceAll(" +$", "") : null;
            case BYTEA -> argument instanceof byte[] bytes ? new Bytes(bytes.clone()) : null;
            case DATE -> argument instanceof LocalDate date ? (Object) Math.toIntExact(date.toEpochDay()) : null;
            case TIMESTAMP ->
                argument instanceof LocalDateTime time ? (Object) micros(time.toInstant(ZoneOffset.UTC)) : null;
            case TIMESTAMPTZ ->
                switch (argument) {
                    case Instant instant -> micros(instant);
                    case OffsetDateTime time -> micros(time.toInstant());
                    default -> null;
                };
            case UUID -> argument instanceof UUID ? argument : null;
            case TIME -> argument instanceof LocalTime time ? (Object) (time.toNanoOfDay() / NANOS_PER_MICRO) : null;
            case TIMETZ ->
                argument instanceof OffsetTime time
                        ? new TimeTz(
                                time.toLocalTime().toNanoOfDay() / NANOS_PER_MICRO,
                                time.getOffset().getTotalSeconds())
                        : null;
            case INTERVAL ->
                switch (argument) {
                    case Interval interval -> interval;
                    case Duration duration -> new Interval(0, 0, micros(Instant.EPOCH.plus(duration)));
                    case Period period ->
                        new Interval(
                                Math.toIntExact(period.toTotalMonths()),
                                Math.toIntExact(period.get(ChronoUnit.DAYS)),
                                0);
                    default -> null;
                };
            case OID -> isExact(argument) ? (Object) exact(argument).longValueExact() : null;
            // All others are read from texts.
            case JSON, JSONB -> null;
            case ENUM ->
                argument instanceof String text
                        ? type.labels().flatMap(labels -> labels.label(text)).orElse(null)
                        : null;
            default -> array(type.element(), argument);
        };
    }

    private static @Nullable ArrayValue array(ColumnType element, Object argument) {
        if (!(argument instanceof List<?> list)) {
            return null;
        }
        @Nullable Object[] values = new Object[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i) == null ? null : value(element, Objects.requireNonNull(list.get(i)));
            if (values[i] == null && list.get(i) != null) {
                return null;
            }
        }
        return ArrayValue.owning(element.type(), values);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static boolean isExact(Object argument) {
        return argument instanceof Byte
                || argument instanceof Short
                || argument instanceof Integer
                || argument instanceof Long
                || argument instanceof BigInteger
                || argument instanceof BigDecimal;
    }

    private static BigDecimal exact(Object argument) {
        return argument instanceof BigDecimal decimal ? decimal : new BigDecimal(argument.toString());
    }
}
