package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** Dates and timestamps that are made or cut; {@code timestamptz} is in UTC. */
public final class TimeFunctions {
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final long MICROS_PER_SECOND = TimeText.MICROS_PER_SECOND;

    private static final double SECONDS_TO_2000 = 946_684_800.0;

    private TimeFunctions() {}

    static boolean isInfinite(long micros) {
        return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
    }

    static LocalDateTime toLocal(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                1000 * (int) Math.floorMod(micros, MICROS_PER_SECOND),
                ZoneOffset.UTC);
    }

    static long toMicros(LocalDateTime time) {
        try {
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS_PER_SECOND),
                    time.get(ChronoField.MICRO_OF_SECOND));
        } catch (ArithmeticException e) {
            throw DataErrors.of("timestamp out of range");
        }
    }

    @Sql(
            value = {"date_trunc(text, timestamp) timestamp", "date_trunc(text, timestamptz) timestamptz"},
            about = "the time at which such a unit began: year, month, hour, …",
            example = "date_trunc('hour', timestamp '2024-02-29 12:34:56')")
    public static long dateTrunc(String name, long micros) {
        TimeUnit unit = TimeUnit.named(name, TIMESTAMP);
        switch (unit) {
            case EPOCH, JULIAN, DOW, ISODOW, DOY, ISOYEAR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw unit.unsupported(TIMESTAMP);
            default -> {}
        }
        return isInfinite(micros) ? micros : truncated(unit, micros);
    }

    private static long truncated(TimeUnit unit, long micros) {
        LocalDateTime time = toLocal(micros);
        LocalDate date = time.toLocalDate();
        return switch (unit) {
            case MICROSECOND -> micros;
            case MILLISECOND -> Math.floorDiv(micros, 1000) * 1000;
            case SECOND -> toMicros(time.truncatedTo(ChronoUnit.SECONDS));
            case MINUTE -> toMicros(time.truncatedTo(ChronoUnit.MINUTES));
            case HOUR -> toMicros(time.truncatedTo(ChronoUnit.HOURS));
            case DAY -> midnight(date);
            case WEEK -> midnight(date.minusDays(date.getDayOfWeek().getValue() - 1L));
            case MONTH -> midnight(date.withDayOfMonth(1));
            case QUARTER -> midnight(date.with(IsoFields.DAY_OF_QUARTER, 1));
            case YEAR -> midnight(date.withDayOfYear(1));
            case DECADE -> midnight(LocalDate.of(Math.floorDiv(date.getYear(), 10) * 10, 1, 1));
            case CENTURY -> midnight(firstYear(date.getYear(), 100));
            case MILLENNIUM -> midnight(firstYear(date.getYear(), 1000));
            default -> throw unit.unsupported(TIMESTAMP);
        };
    }

    /** Centuries and millennia begin with a year 1; the year 0 here is 1 BC. */
    private static LocalDate firstYear(int year, int length) {
        return LocalDate.of(Math.floorDiv(year - 1, length) * length + 1, 1, 1);
    }

    private static long midnight(LocalDate date) {
        long micros = toMicros(date.atStartOfDay());
        if (date.toEpochDay() < TimeText.MIN_DAY) {
            throw DataErrors.of("timestamp out of range");
        }
        return micros;
    }

    @Sql(
            value = "make_date(int4, int4, int4) date",
            about = "of a year (negative before Christ), month and day",
            example = "make_date(2024, 2, 29)")
    public static int makeDate(int year, int month, int day) {
        return (int) date(year, month, day).toEpochDay();
    }

    private static LocalDate date(int year, int month, int day) {
        try {
            if (year == 0 || year == Integer.MIN_VALUE) {
                throw new DateTimeException("no such year");
            }
            LocalDate date = LocalDate.of(year < 0 ? year + 1 : year, month, day);
            if (date.toEpochDay() < TimeText.MIN_DAY || date.toEpochDay() > TimeText.MAX_DAY) {
                throw new DateTimeException("out of range");
            }
            return date;
        } catch (DateTimeException e) {
            throw DataErrors.of("date field value out of range: %d-%02d-%02d".formatted(year, month, day));
        }
    }

    @Sql(
            value = "make_time(int4, int4, float8) time",
            about = "of an hour, a minute and seconds",
            example = "make_time(12, 34, 56.5)")
    public static long makeTime(int hour, int minute, double seconds) {
        boolean valid = hour >= 0
                && minute >= 0
                && minute < 60
                && seconds >= 0
                && seconds <= 60
                && (hour < 24 || (hour == 24 && minute == 0 && seconds == 0));
        if (!valid) {
            throw DataErrors.of("time field value out of range");
        }
        long micros = ((hour * 60L + minute) * 60) * MICROS_PER_SECOND + (long) Math.rint(seconds * MICROS_PER_SECOND);
        if (micros > TimeText.MICROS_PER_DAY) {
            throw DataErrors.of("time field value out of range");
        }
        return micros;
    }

    @Sql(
            value = {
                "date_bin(interval, timestamp, timestamp) timestamp",
                "date_bin(interval, timestamptz, timestamptz) timestamptz"
            },
            about = "the begin of the period of this length that a time is in, counted from the last",
            example = "date_bin('15 minutes', timestamp '2024-02-29 12:34:56', timestamp '2000-01-01')")
    public static long dateBin(Interval length, long micros, long origin) {
        if (isInfinite(micros)) {
            return micros;
        }
        if (isInfinite(origin)) {
            throw DataErrors.of("origin out of range");
        }
        if (!length.isFinite()) {
            throw DataErrors.of("timestamps cannot be binned into infinite intervals");
        }
        if (length.months() != 0) {
            throw DataErrors.of("timestamps cannot be binned into intervals containing months or years");
        }
        long stride;
        long distance;
        try {
            stride = Math.addExact(length.days() * TimeText.MICROS_PER_DAY, length.micros());
            distance = Math.subtractExact(micros, origin);
        } catch (ArithmeticException e) {
            throw IntervalArithmetic.outOfRange();
        }
        if (stride <= 0) {
            throw DataErrors.of("stride must be greater than zero");
        }
        try {
            // A multiple of the stride, so it is less than one away from the time.
            long begin = Math.addExact(origin, Math.floorDiv(distance, stride) * stride);
            if (begin < TimeText.MIN_DAY * TimeText.MICROS_PER_DAY) {
                throw DataErrors.of("timestamp out of range");
            }
            return begin;
        } catch (ArithmeticException e) {
            throw DataErrors.of("timestamp out of range");
        }
    }

    @Sql(
            value = {
                "make_timestamp(int4, int4, int4, int4, int4, float8) timestamp",
                "make_timestamptz(int4, int4, int4, int4, int4, float8) timestamptz"
            },
            about = "of a year, month, day, hour, minute and seconds",
            example = "make_timestamp(2024, 2, 29, 12, 34, 56.5)")
    public static long makeTimestamp(int year, int month, int day, int hour, int minute, double seconds) {
        LocalDate date = date(year, month, day);
        long micros = makeTime(hour, minute, seconds);
        try {
            return Math.addExact(Math.multiplyExact(date.toEpochDay(), TimeText.MICROS_PER_DAY), micros);
        } catch (ArithmeticException e) {
            throw DataErrors.of("timestamp out of range");
        }
    }

    @Sql(
            value = "to_timestamp(float8) timestamptz",
            about = "so many seconds after 1970",
            example = "to_timestamp(1284352323.5)")
    public static long toTimestamp(double seconds) {
        if (Double.isNaN(seconds)) {
            throw DataErrors.of("timestamp cannot be NaN");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        // In Postgres's order, from its epoch of 2000, which decides the last digits.
        double micros = Math.rint((seconds - SECONDS_TO_2000) * MICROS_PER_SECOND);
        double days = seconds / 86_400;
        if (days < TimeText.MIN_DAY || micros + SECONDS_TO_2000 * MICROS_PER_SECOND >= Long.MAX_VALUE) {
            throw DataErrors.of("timestamp out of range: \"" + TextForm.format(seconds) + "\"");
        }
        return (long) micros + (long) (SECONDS_TO_2000 * MICROS_PER_SECOND);
    }

    @Sql(
            value = {"isfinite(timestamp) bool", "isfinite(timestamptz) bool"},
            about = "whether it is not an infinity",
            example = "isfinite(timestamp 'infinity')",
            mayFail = false)
    public static boolean isFinite(long micros) {
        return !isInfinite(micros);
    }

    @Sql(
            value = "isfinite(date) bool",
            about = "whether it is not an infinity",
            example = "isfinite(date '2024-02-29')",
            mayFail = false)
    public static boolean isFinite(int days) {
        return days != Integer.MAX_VALUE && days != Integer.MIN_VALUE;
    }
}
