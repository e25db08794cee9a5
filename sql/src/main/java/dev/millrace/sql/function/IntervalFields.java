package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The fields of intervals and of times of day. */
public final class IntervalFields {
    private static final String INTERVAL = "interval";
    private static final String TIME = "time without time zone";
    private static final String TIMETZ = "time with time zone";
    private static final int MONTHS_PER_YEAR = 12;
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS_PER_MINUTE = 60 * TimeText.MICROS_PER_SECOND;
    private static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    private static final int SECONDS_PER_DAY = 86_400;
    /** A year of 365.25 days. */
    private static final int SECONDS_PER_YEAR = 31_557_600;

    private IntervalFields() {}

    @Sql(
            value = "extract(text, interval) numeric",
            about = "a field of an interval",
            example = "extract(hour FROM interval '2 days 03:45')",
            nullable = true)
    public static @Nullable Decimal ofInterval(String field, Interval value) {
        TimeUnit unit = TimeUnit.named(field, INTERVAL);
        if (!value.isFinite()) {
            return infinite(unit, value.months() > 0);
        }
        int years = value.months() / MONTHS_PER_YEAR;
        int months = value.months() % MONTHS_PER_YEAR;
        return switch (unit) {
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR -> ofTime(unit, value.micros(), INTERVAL);
            case DAY -> Decimal.of(value.days());
            case WEEK -> Decimal.of(value.days() / 7);
            case MONTH -> Decimal.of(months);
            case QUARTER -> Decimal.of(value.months() < 0 ? -(-months / 3 + 1) : months / 3 + 1);
            case YEAR -> Decimal.of(years);
            case DECADE -> Decimal.of(years / 10);
            case CENTURY -> Decimal.of(years / 100);
            case MILLENNIUM -> Decimal.of(years / 1000);
            case EPOCH -> Decimal.of(epoch(value));
            case JULIAN, DOW, ISODOW, DOY, ISOYEAR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw unit.unsupported(INTERVAL);
        };
    }

    private static BigDecimal epoch(Interval value) {
        long seconds = (long) SECONDS_PER_YEAR * (value.months() / MONTHS_PER_YEAR)
                + (long) SECONDS_PER_DAY * Interval.DAYS_PER_MONTH * (value.months() % MONTHS_PER_YEAR)
                + (long) SECONDS_PER_DAY * value.days();
        BigInteger micros = BigInteger.valueOf(seconds)
                .multiply(BigInteger.valueOf(TimeText.MICROS_PER_SECOND))
                .add(BigInteger.valueOf(value.micros()));
        return new BigDecimal(micros, MICRO_DIGITS);
    }

    /** What adds up is infinite, what comes round again has no value. */
    private static @Nullable Decimal infinite(TimeUnit unit, boolean positive) {
        return switch (unit) {
            case HOUR, DAY, YEAR, DECADE, CENTURY, MILLENNIUM, EPOCH ->
                positive ? Decimal.POSITIVE_INFINITY : Decimal.NEGATIVE_INFINITY;
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, WEEK, MONTH, QUARTER -> null;
            case JULIAN, DOW, ISODOW, DOY, ISOYEAR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw unit.unsupported(INTERVAL);
        };
    }

    @Sql(
            value = "extract(text, time) numeric",
            about = "a field of a time of day",
            example = "extract(minute FROM time '12:34:56')")
    public static Decimal ofTime(String field, long micros) {
        TimeUnit unit = TimeUnit.named(field, TIME);
        return unit == TimeUnit.EPOCH ? seconds(micros) : ofTime(unit, micros, TIME);
    }

    @Sql(
            value = "extract(text, timetz) numeric",
            about = "a field of a time of day with time zone",
            example = "extract(timezone_hour FROM timetz '12:34:56+02')")
    public static Decimal ofTimeTz(String field, TimeTz time) {
        TimeUnit unit = TimeUnit.named(field, TIMETZ);
        return switch (unit) {
            case EPOCH -> seconds(time.microsUtc());
            case TIMEZONE -> Decimal.of(time.offsetSeconds());
            case TIMEZONE_HOUR -> Decimal.of(time.offsetSeconds() / 3600);
            case TIMEZONE_MINUTE -> Decimal.of(time.offsetSeconds() / 60 % 60);
            default -> ofTime(unit, time.micros(), TIMETZ);
        };
    }

    private static Decimal seconds(long micros) {
        return Decimal.of(BigDecimal.valueOf(micros, MICRO_DIGITS));
    }

    private static Decimal ofTime(TimeUnit unit, long micros, String type) {
        return switch (unit) {
            case MICROSECOND -> Decimal.of(micros % MICROS_PER_MINUTE);
            case MILLISECOND -> Decimal.of(BigDecimal.valueOf(micros % MICROS_PER_MINUTE, 3));
            case SECOND -> seconds(micros % MICROS_PER_MINUTE);
            case MINUTE -> Decimal.of(micros % MICROS_PER_HOUR / MICROS_PER_MINUTE);
            case HOUR -> Decimal.of(micros / MICROS_PER_HOUR);
            default -> throw unit.unsupported(type);
        };
    }

    @Sql(
            value = "date_part(text, interval) float8",
            about = "a field of an interval, as a float",
            example = "date_part('hour', interval '2 days 03:45')",
            nullable = true)
    public static @Nullable Double partOfInterval(String field, Interval value) {
        Decimal part = ofInterval(field, value);
        if (value.isFinite() && TimeUnit.named(field, INTERVAL) == TimeUnit.EPOCH) {
            return approximateEpoch(value);
        }
        return part == null ? null : part.doubleValue();
    }

    /** In Postgres's order, which decides the last digits. */
    private static double approximateEpoch(Interval value) {
        int years = value.months() / MONTHS_PER_YEAR;
        int months = value.months() % MONTHS_PER_YEAR;
        double seconds = value.micros() / 1e6;
        seconds += (double) SECONDS_PER_YEAR * years;
        seconds += (double) SECONDS_PER_DAY * Interval.DAYS_PER_MONTH * months;
        return seconds + (double) SECONDS_PER_DAY * value.days();
    }

    @Sql(
            value = "date_part(text, time) float8",
            about = "a field of a time of day, as a float",
            example = "date_part('minute', time '12:34:56')")
    public static double partOfTime(String field, long micros) {
        return ofTime(field, micros).doubleValue();
    }

    @Sql(
            value = "date_part(text, timetz) float8",
            about = "a field of a time of day with time zone, as a float",
            example = "date_part('timezone_hour', timetz '12:34:56+02')")
    public static double partOfTimeTz(String field, TimeTz time) {
        boolean epoch = TimeUnit.named(field, TIMETZ) == TimeUnit.EPOCH;
        return epoch
                ? time.micros() / 1e6 - time.offsetSeconds()
                : ofTimeTz(field, time).doubleValue();
    }
}
