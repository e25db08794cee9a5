package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.error.MillraceException;

/** Dates, times and timestamps with intervals added, and the distances between them. The time zone of days is UTC, where all have 24 hours. */
public final class TimeArithmetic {
    private static final long MICROS_PER_DAY = Interval.MICROS_PER_DAY;
    /** 4714-11-24 BC, before which there are no dates. */
    private static final long MIN_MICROS = -2_440_588 * MICROS_PER_DAY;

    private TimeArithmetic() {}

    @Sql(
            value = {"+(timestamp, interval) timestamp", "+(timestamptz, interval) timestamptz"},
            about = "a time later by an interval: months first, then days, then the rest",
            example = "timestamp '2024-01-31 12:00' + interval '1 month'")
    public static long add(long micros, Interval interval) {
        boolean infinite = TimeFunctions.isInfinite(micros);
        if (!interval.isFinite()) {
            long end = interval.months() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
            if (infinite && micros != end) {
                throw outOfRange();
            }
            return end;
        }
        if (infinite) {
            return micros;
        }
        try {
            long moved = interval.months() == 0
                    ? micros
                    : TimeFunctions.toMicros(TimeFunctions.toLocal(micros).plusMonths(interval.months()));
            moved = Math.addExact(moved, Math.multiplyExact(interval.days(), MICROS_PER_DAY));
            return inRange(Math.addExact(moved, interval.micros()));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(
            value = {"+(interval, timestamp) timestamp", "+(interval, timestamptz) timestamptz"},
            about = "a time later by an interval",
            example = "interval '1 month' + timestamp '2024-01-31 12:00'")
    public static long add(Interval interval, long micros) {
        return add(micros, interval);
    }

    @Sql(
            value = {"-(timestamp, interval) timestamp", "-(timestamptz, interval) timestamptz"},
            about = "a time earlier by an interval",
            example = "timestamp '2024-03-31 12:00' - interval '1 month'")
    public static long subtract(long micros, Interval interval) {
        return add(micros, IntervalArithmetic.negate(interval));
    }

    @Sql(
            value = "+(date, interval) timestamp",
            about = "a time later than a day's beginning by an interval",
            example = "date '2024-01-31' + interval '1 month'")
    public static long add(int days, Interval interval) {
        return add(TimeConversion.timestamp(days), interval);
    }

    @Sql(
            value = "+(interval, date) timestamp",
            about = "a time later than a day's beginning by an interval",
            example = "interval '1 month' + date '2024-01-31'")
    public static long add(Interval interval, int days) {
        return add(days, interval);
    }

    @Sql(
            value = "-(date, interval) timestamp",
            about = "a time earlier than a day's beginning by an interval",
            example = "date '2024-03-31' - interval '1 month'")
    public static long subtract(int days, Interval interval) {
        return add(days, IntervalArithmetic.negate(interval));
    }

    @Sql(value = "+(date, int4) date", about = "so many days later", example = "date '2024-02-28' + 2")
    public static int addDays(int days, int number) {
        if (isInfinite(days)) {
            return days;
        }
        return inDays((long) days + number);
    }

    @Sql(value = "+(int4, date) date", about = "so many days later", example = "2 + date '2024-02-28'")
    public static int addDate(int number, int days) {
        return addDays(days, number);
    }

    @Sql(value = "-(date, int4) date", about = "so many days earlier", example = "date '2024-03-01' - 2")
    public static int subtractDays(int days, int number) {
        if (isInfinite(days)) {
            return days;
        }
        return inDays((long) days - number);
    }

    @Sql(
            value = "-(date, date) int4",
            about = "the number of days between",
            example = "date '2024-03-01' - date '2024-02-28'")
    public static int daysBetween(int left, int right) {
        if (isInfinite(left) || isInfinite(right)) {
            throw DataErrors.of("cannot subtract infinite dates");
        }
        return left - right;
    }

    @Sql(
            value = {"-(timestamp, timestamp) interval", "-(timestamptz, timestamptz) interval"},
            about = "the days and the time between",
            example = "timestamp '2024-03-01 12:00' - timestamp '2024-02-28'")
    public static Interval between(long left, long right) {
        if (TimeFunctions.isInfinite(left) || TimeFunctions.isInfinite(right)) {
            if (left == right) {
                throw IntervalArithmetic.outOfRange();
            }
            boolean positive = left == Long.MAX_VALUE || right == Long.MIN_VALUE;
            return positive ? Interval.INFINITY : Interval.NEGATIVE_INFINITY;
        }
        try {
            long micros = Math.subtractExact(left, right);
            return new Interval(0, (int) (micros / MICROS_PER_DAY), micros % MICROS_PER_DAY);
        } catch (ArithmeticException e) {
            throw IntervalArithmetic.outOfRange();
        }
    }

    @Sql(value = "+(date, time) timestamp", about = "a day's time", example = "date '2024-02-29' + time '12:30'")
    public static long addTime(int days, long time) {
        long midnight = TimeConversion.timestamp(days);
        return TimeFunctions.isInfinite(midnight) ? midnight : exact(midnight, time);
    }

    @Sql(value = "+(time, date) timestamp", about = "a day's time", example = "time '12:30' + date '2024-02-29'")
    public static long addDate(long time, int days) {
        return addTime(days, time);
    }

    @Sql(
            value = "+(date, timetz) timestamptz",
            about = "a day's time",
            example = "date '2024-02-29' + timetz '12:30+02'")
    public static long addTimeTz(int days, TimeTz time) {
        long midnight = TimeConversion.timestamp(days);
        return TimeFunctions.isInfinite(midnight) ? midnight : exact(midnight, time.microsUtc());
    }

    @Sql(
            value = "+(timetz, date) timestamptz",
            about = "a day's time",
            example = "timetz '12:30+02' + date '2024-02-29'")
    public static long addDate(TimeTz time, int days) {
        return addTimeTz(days, time);
    }

    @Sql(
            value = "+(time, interval) time",
            about = "a time of day later by an interval's time, the day after if need be",
            example = "time '23:00' + interval '2 hours'")
    public static long addToTime(long time, Interval interval) {
        if (!interval.isFinite()) {
            throw DataErrors.of("cannot add infinite interval to time");
        }
        return Math.floorMod(time + Math.floorMod(interval.micros(), MICROS_PER_DAY), MICROS_PER_DAY);
    }

    @Sql(
            value = "+(interval, time) time",
            about = "a time of day later by an interval's time",
            example = "interval '2 hours' + time '23:00'")
    public static long addToTime(Interval interval, long time) {
        return addToTime(time, interval);
    }

    @Sql(
            value = "-(time, interval) time",
            about = "a time of day earlier by an interval's time",
            example = "time '01:00' - interval '2 hours'")
    public static long subtractFromTime(long time, Interval interval) {
        if (!interval.isFinite()) {
            throw DataErrors.of("cannot subtract infinite interval from time");
        }
        return Math.floorMod(time - Math.floorMod(interval.micros(), MICROS_PER_DAY), MICROS_PER_DAY);
    }

    @Sql(value = "-(time, time) interval", about = "the time between", example = "time '05:00' - time '03:00'")
    public static Interval betweenTimes(long left, long right) {
        return new Interval(0, 0, left - right);
    }

    @Sql(
            value = "+(timetz, interval) timetz",
            about = "a time of day later by an interval's time",
            example = "timetz '23:00+01' + interval '2 hours'")
    public static TimeTz addToTimeTz(TimeTz time, Interval interval) {
        return new TimeTz(addToTime(time.micros(), interval), time.offsetSeconds());
    }

    @Sql(
            value = "+(interval, timetz) timetz",
            about = "a time of day later by an interval's time",
            example = "interval '2 hours' + timetz '23:00+01'")
    public static TimeTz addToTimeTz(Interval interval, TimeTz time) {
        return addToTimeTz(time, interval);
    }

    @Sql(
            value = "-(timetz, interval) timetz",
            about = "a time of day earlier by an interval's time",
            example = "timetz '01:00+01' - interval '2 hours'")
    public static TimeTz subtractFromTimeTz(TimeTz time, Interval interval) {
        return new TimeTz(subtractFromTime(time.micros(), interval), time.offsetSeconds());
    }

    private static boolean isInfinite(int days) {
        return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
    }

    private static int inDays(long days) {
        if (days < TimeText.MIN_DAY || days > TimeText.MAX_DAY) {
            throw DataErrors.outOfRange(DataType.DATE);
        }
        return (int) days;
    }

    private static long exact(long midnight, long micros) {
        try {
            return inRange(Math.addExact(midnight, micros));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    private static long inRange(long micros) {
        if (micros < MIN_MICROS || micros == Long.MAX_VALUE) {
            throw outOfRange();
        }
        return micros;
    }

    private static MillraceException outOfRange() {
        return DataErrors.of("timestamp out of range");
    }
}
