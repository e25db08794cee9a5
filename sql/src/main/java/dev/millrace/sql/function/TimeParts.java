package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** The fields of dates and timestamps, as numerics of just the decimals that Postgres shows. */
public final class TimeParts {
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final String TIMESTAMPTZ = "timestamp with time zone";
    private static final String DATE = "date";
    /** The Julian day of 1970-01-01. */
    private static final long JULIAN_1970 = 2_440_588;

    private static final int MICRO_DIGITS = 6;

    private TimeParts() {}

    @Sql(
            value = "extract(text, timestamp) numeric",
            about = "a field of a timestamp; also extract(field FROM t)",
            example = "extract(epoch FROM timestamp '2024-02-29 12:34:56.5')",
            nullable = true)
    public static @Nullable Decimal ofTimestamp(String field, long micros) {
        return part(TimeUnit.named(field, TIMESTAMP), micros, TIMESTAMP);
    }

    @Sql(
            value = "extract(text, timestamptz) numeric",
            about = "a field of a timestamp",
            example = "extract(hour FROM '2024-02-29 12:34:56+02'::timestamptz)",
            nullable = true)
    public static @Nullable Decimal ofTimestamptz(String field, long micros) {
        TimeUnit unit = TimeUnit.named(field, TIMESTAMPTZ);
        return switch (unit) {
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> TimeFunctions.isInfinite(micros) ? null : Decimal.ZERO;
            default -> part(unit, micros, TIMESTAMPTZ);
        };
    }

    @Sql(
            value = "extract(text, date) numeric",
            about = "a field of a date",
            example = "extract(isodow FROM date '2024-02-29')",
            nullable = true)
    public static @Nullable Decimal ofDate(String field, int days) {
        TimeUnit unit = TimeUnit.named(field, DATE);
        boolean ofTime = unit.compareTo(TimeUnit.DAY) < 0 || unit.compareTo(TimeUnit.TIMEZONE) >= 0;
        if (ofTime) {
            throw unit.unsupported(DATE);
        }
        if (!TimeFunctions.isFinite(days)) {
            return infinite(unit, days > 0);
        }
        return switch (unit) {
            case EPOCH -> Decimal.of(86_400L * days);
            case JULIAN -> Decimal.of(days + JULIAN_1970);
            default -> Decimal.of(ofDay(unit, LocalDate.ofEpochDay(days)));
        };
    }

    @Sql(
            value = "date_part(text, timestamp) float8",
            about = "a field of a timestamp, as a float",
            example = "date_part('hour', timestamp '2024-02-29 12:34:56')",
            nullable = true)
    public static @Nullable Double partOfTimestamp(String field, long micros) {
        return approximate(ofTimestamp(field, micros));
    }

    @Sql(
            value = "date_part(text, timestamptz) float8",
            about = "a field of a timestamp, as a float",
            example = "date_part('hour', '2024-02-29 12:34:56+02'::timestamptz)",
            nullable = true)
    public static @Nullable Double partOfTimestamptz(String field, long micros) {
        return approximate(ofTimestamptz(field, micros));
    }

    @Sql(
            value = "date_part(text, date) float8",
            about = "a field of a date, as a float",
            example = "date_part('doy', date '2024-02-29')",
            nullable = true)
    public static @Nullable Double partOfDate(String field, int days) {
        return partOfTimestamp(field, TimeConversion.timestamp(days));
    }

    private static @Nullable Double approximate(@Nullable Decimal value) {
        return value == null ? null : value.doubleValue();
    }

    private static @Nullable Decimal part(TimeUnit unit, long micros, String type) {
        if (TimeFunctions.isInfinite(micros)) {
            return infinite(unit, micros > 0);
        }
        LocalDateTime time = TimeFunctions.toLocal(micros);
        long ofMinute = Math.floorMod(micros, 60 * TimeText.MICROS_PER_SECOND);
        return switch (unit) {
            case MICROSECOND -> Decimal.of(ofMinute);
            case MILLISECOND -> Decimal.of(BigDecimal.valueOf(ofMinute, 3));
            case SECOND -> Decimal.of(BigDecimal.valueOf(ofMinute, MICRO_DIGITS));
            case MINUTE -> Decimal.of(time.getMinute());
            case HOUR -> Decimal.of(time.getHour());
            case EPOCH -> Decimal.of(BigDecimal.valueOf(micros, MICRO_DIGITS));
            case JULIAN -> julian(micros);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw unit.unsupported(type);
            default -> Decimal.of(ofDay(unit, time.toLocalDate()));
        };
    }

    /** A whole day and its part, divided as numerics are. */
    private static Decimal julian(long micros) {
        long day = Math.floorDiv(micros, TimeText.MICROS_PER_DAY) + JULIAN_1970;
        Decimal part = NumericArithmetic.divide(
                Decimal.of(Math.floorMod(micros, TimeText.MICROS_PER_DAY)), Decimal.of(TimeText.MICROS_PER_DAY));
        return NumericArithmetic.add(Decimal.of(day), part);
    }

    private static long ofDay(TimeUnit unit, LocalDate date) {
        int year = date.getYear();
        return switch (unit) {
            case DAY -> date.getDayOfMonth();
            case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> date.getMonthValue();
            case QUARTER -> date.get(IsoFields.QUARTER_OF_YEAR);
            case YEAR -> withoutZero(year);
            case DECADE -> Math.floorDiv(year, 10);
            case CENTURY -> withoutZero(Math.floorDiv(year - 1, 100) + 1);
            case MILLENNIUM -> withoutZero(Math.floorDiv(year - 1, 1000) + 1);
            case DOW -> date.getDayOfWeek().getValue() % 7;
            case ISODOW -> date.getDayOfWeek().getValue();
            case DOY -> date.getDayOfYear();
            case ISOYEAR -> withoutZero(date.get(IsoFields.WEEK_BASED_YEAR));
            default -> throw unit.unsupported(DATE);
        };
    }

    /** There is no year, century or millennium 0: what would be is -1. */
    private static long withoutZero(long number) {
        return number > 0 ? number : number - 1;
    }

    /** What grows with time is infinite, what comes round again has no value. */
    private static @Nullable Decimal infinite(TimeUnit unit, boolean positive) {
        return switch (unit) {
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISOYEAR, EPOCH ->
                positive ? Decimal.POSITIVE_INFINITY : Decimal.NEGATIVE_INFINITY;
            default -> null;
        };
    }
}
