package dev.millrace.delivery;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's values as the classes that {@link dev.millrace.message.ResultRow} promises. */
final class EdgeValues {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private EdgeValues() {}

    static @Nullable Object of(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        return switch (type.type()) {
            case BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, TEXT, UUID, INTERVAL, JSON, OID -> value;
            case NUMERIC ->
                ((Decimal) value).isFinite() ? ((Decimal) value).value() : (Object) ((Decimal) value).doubleValue();
            case CHAR -> padded((String) value, type.precision());
            case BYTEA -> ((Bytes) value).array().clone();
            case DATE -> date((Integer) value);
            case TIMESTAMP -> timestamp((Long) value);
            case TIMESTAMPTZ -> instant((Long) value);
            case TIME -> time((Long) value);
            case TIMETZ -> time((TimeTz) value);
            case JSONB, ENUM -> value.toString();
            default -> list((ArrayValue) value);
        };
    }

    private static List<@Nullable Object> list(ArrayValue array) {
        ColumnType element = ColumnType.of(array.element());
        List<@Nullable Object> values = new ArrayList<>();
        array.values().forEach(value -> values.add(of(value, element)));
        return Collections.unmodifiableList(values);
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.codePointCount(0, text.length())));
    }

    private static LocalDate date(int days) {
        return switch (days) {
            case Integer.MAX_VALUE -> LocalDate.MAX;
            case Integer.MIN_VALUE -> LocalDate.MIN;
            default -> LocalDate.ofEpochDay(days);
        };
    }

    private static LocalDateTime timestamp(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? LocalDateTime.MAX : LocalDateTime.MIN;
        }
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos(micros), ZoneOffset.UTC);
    }

    private static Instant instant(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? Instant.MAX : Instant.MIN;
        }
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), nanos(micros));
    }

    /** Java's day ends a nanosecond before 24:00. */
    private static LocalTime time(long micros) {
        return micros == Interval.MICROS_PER_DAY ? LocalTime.MAX : LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
    }

    private static OffsetTime time(TimeTz value) {
        return OffsetTime.of(time(value.micros()), ZoneOffset.ofTotalSeconds(value.offsetSeconds()));
    }

    private static int nanos(long micros) {
        return (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO;
    }
}
