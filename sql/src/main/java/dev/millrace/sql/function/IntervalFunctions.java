package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/** Intervals that are made, cut, and brought into the form that people write. An infinite one stays as it is. */
public final class IntervalFunctions {
    private static final String INTERVAL = "interval";
    private static final int MONTHS_PER_YEAR = 12;
    private static final int DAYS_PER_WEEK = 7;
    private static final long MICROS_PER_DAY = Interval.MICROS_PER_DAY;
    private static final long MICROS_PER_HOUR = 3600 * TimeText.MICROS_PER_SECOND;
    private static final long MICROS_PER_MINUTE = 60 * TimeText.MICROS_PER_SECOND;

    private IntervalFunctions() {}

    @Sql(
            value = "isfinite(interval) bool",
            about = "whether it is not an infinity",
            example = "isfinite(interval '1 day')",
            mayFail = false)
    public static boolean isFinite(Interval value) {
        return value.isFinite();
    }

    @Sql(
            value = "justify_hours(interval) interval",
            about = "with each 24 hours as a day",
            example = "justify_hours(interval '50 hours')")
    public static Interval justifyHours(Interval value) {
        return value.isFinite()
                ? new Balance(value).hoursToDays().sameSignOfHours().interval()
                : value;
    }

    @Sql(
            value = "justify_days(interval) interval",
            about = "with each 30 days as a month",
            example = "justify_days(interval '65 days')")
    public static Interval justifyDays(Interval value) {
        return value.isFinite()
                ? new Balance(value).daysToMonths().sameSignOfDays(false).interval()
                : value;
    }

    @Sql(
            value = "justify_interval(interval) interval",
            about = "with each 24 hours as a day, each 30 days as a month, and all of one sign",
            example = "justify_interval(interval '1 mon -1 hour')")
    public static Interval justify(Interval value) {
        if (!value.isFinite()) {
            return value;
        }
        Balance balance = new Balance(value);
        boolean sameSign = (value.days() > 0 && value.micros() > 0) || (value.days() < 0 && value.micros() < 0);
        if (sameSign) {
            // Makes room for the days of the hours.
            balance.daysToMonths();
        }
        return balance.hoursToDays()
                .daysToMonths()
                .sameSignOfDays(true)
                .sameSignOfHours()
                .interval();
    }

    /** An interval's three numbers while amounts are moved between them. */
    private static final class Balance {
        private int months;
        private int days;
        private long micros;

        Balance(Interval value) {
            months = value.months();
            days = value.days();
            micros = value.micros();
        }

        Balance hoursToDays() {
            try {
                days = Math.addExact(days, (int) (micros / MICROS_PER_DAY));
            } catch (ArithmeticException e) {
                throw IntervalArithmetic.outOfRange();
            }
            micros %= MICROS_PER_DAY;
            return this;
        }

        Balance daysToMonths() {
            try {
                months = Math.addExact(months, days / Interval.DAYS_PER_MONTH);
            } catch (ArithmeticException e) {
                throw IntervalArithmetic.outOfRange();
            }
            days %= Interval.DAYS_PER_MONTH;
            return this;
        }

        Balance sameSignOfHours() {
            if (days > 0 && micros < 0) {
                micros += MICROS_PER_DAY;
                days--;
            } else if (days < 0 && micros > 0) {
                micros -= MICROS_PER_DAY;
                days++;
            }
            return this;
        }

        /** Of months and days; if hours count, of months and hours as well where there are no days. */
        Balance sameSignOfDays(boolean hoursCount) {
            boolean negative = days < 0 || (hoursCount && days == 0 && micros < 0);
            boolean positive = days > 0 || (hoursCount && days == 0 && micros > 0);
            if (months > 0 && negative) {
                days += Interval.DAYS_PER_MONTH;
                months--;
            } else if (months < 0 && positive) {
                days -= Interval.DAYS_PER_MONTH;
                months++;
            }
            return this;
        }

        Interval interval() {
            return new Interval(months, days, micros);
        }
    }

    @Sql(
            value = "make_interval(int4, int4, int4, int4, int4, int4, float8) interval",
            about =
                    "of years, months, weeks, days, hours, minutes and seconds; those at the end may be left out, and all may be named: make_interval(days => 10)",
            example = "make_interval(1, 2, 0, 3, 4, 5, 6.5)")
    public static Interval make(int years, int months, int weeks, int days, int hours, int minutes, double seconds) {
        try {
            double micros = Math.rint(seconds * TimeText.MICROS_PER_SECOND);
            if (!(micros >= -0x1p63 && micros < 0x1p63)) {
                throw IntervalArithmetic.outOfRange();
            }
            long time = hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE;
            Interval made = new Interval(
                    Math.addExact(Math.multiplyExact(years, MONTHS_PER_YEAR), months),
                    Math.addExact(Math.multiplyExact(weeks, DAYS_PER_WEEK), days),
                    Math.addExact(time, (long) micros));
            if (!made.isFinite()) {
                throw IntervalArithmetic.outOfRange();
            }
            return made;
        } catch (ArithmeticException e) {
            throw IntervalArithmetic.outOfRange();
        }
    }

    @Sql(
            value = "date_trunc(text, interval) interval",
            about = "without what is less than such a unit",
            example = "date_trunc('hour', interval '2 days 03:45')")
    public static Interval truncate(String name, Interval value) {
        TimeUnit unit = TimeUnit.named(name, INTERVAL);
        Interval truncated = truncated(unit, value);
        return value.isFinite() ? truncated : value;
    }

    private static Interval truncated(TimeUnit unit, Interval value) {
        int months = value.months();
        int days = value.days();
        long micros = value.micros();
        return switch (unit) {
            case MICROSECOND -> value;
            case MILLISECOND -> new Interval(months, days, micros / 1000 * 1000);
            case SECOND -> new Interval(months, days, whole(micros, TimeText.MICROS_PER_SECOND));
            case MINUTE -> new Interval(months, days, whole(micros, MICROS_PER_MINUTE));
            case HOUR -> new Interval(months, days, whole(micros, MICROS_PER_HOUR));
            case DAY -> new Interval(months, days, 0);
            case MONTH -> new Interval(months, 0, 0);
            case QUARTER -> wholeMonths(months, 3);
            case YEAR -> wholeMonths(months, MONTHS_PER_YEAR);
            case DECADE -> wholeMonths(months, 10 * MONTHS_PER_YEAR);
            case CENTURY -> wholeMonths(months, 100 * MONTHS_PER_YEAR);
            case MILLENNIUM -> wholeMonths(months, 1000 * MONTHS_PER_YEAR);
            case WEEK, EPOCH, JULIAN, DOW, ISODOW, DOY, ISOYEAR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw unit.unsupported(INTERVAL);
        };
    }

    private static long whole(long micros, long unit) {
        return micros / unit * unit;
    }

    private static Interval wholeMonths(int months, int unit) {
        return new Interval(months / unit * unit, 0, 0);
    }

    @Sql(
            value = {"age(timestamp, timestamp) interval", "age(timestamptz, timestamptz) interval"},
            about = "the time from the second to the first, in years, months and days of the calendar",
            example = "age(timestamp '2024-03-01', timestamp '2001-04-10 12:00')")
    public static Interval age(long end, long start) {
        if (TimeFunctions.isInfinite(end) || TimeFunctions.isInfinite(start)) {
            return TimeArithmetic.between(end, start);
        }
        LocalDateTime later = TimeFunctions.toLocal(Math.max(end, start));
        LocalDateTime earlier = TimeFunctions.toLocal(Math.min(end, start));
        long micros = microsOfDay(later) - microsOfDay(earlier);
        int days = later.getDayOfMonth() - earlier.getDayOfMonth();
        int months = MONTHS_PER_YEAR * (later.getYear() - earlier.getYear())
                + later.getMonthValue()
                - earlier.getMonthValue();
        if (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        // The days of the month in which the time that is the second begins; the other's, if that is the earlier one.
        LocalDateTime borrowed = end < start ? TimeFunctions.toLocal(end) : earlier;
        while (days < 0) {
            days += YearMonth.from(borrowed).lengthOfMonth();
            months--;
        }
        Interval age = new Interval(months, days, micros);
        return end < start ? IntervalArithmetic.negate(age) : age;
    }

    private static long microsOfDay(LocalDateTime time) {
        return time.getLong(ChronoField.MICRO_OF_DAY);
    }
}
