package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Calendar;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;

/**
 * From when on a comparison with the clock holds: each is the least time that something which is computed of it, and only grows, has come to a bound. What is beyond all times is infinity, and nothing is
 * an error. A time is in microseconds since 1970, the time zone of days is UTC.
 */
public final class Moments {
    private static final long DAY = Interval.MICROS_PER_DAY;
    private static final Map<TimeUnit, Interval> LENGTHS = Map.ofEntries(
            Map.entry(TimeUnit.MICROSECOND, new Interval(0, 0, 1)),
            Map.entry(TimeUnit.MILLISECOND, new Interval(0, 0, 1000)),
            Map.entry(TimeUnit.SECOND, new Interval(0, 0, 1_000_000)),
            Map.entry(TimeUnit.MINUTE, new Interval(0, 0, 60_000_000)),
            Map.entry(TimeUnit.HOUR, new Interval(0, 0, 3_600_000_000L)),
            Map.entry(TimeUnit.DAY, new Interval(0, 1, 0)),
            Map.entry(TimeUnit.WEEK, new Interval(0, 7, 0)),
            Map.entry(TimeUnit.MONTH, new Interval(1, 0, 0)),
            Map.entry(TimeUnit.QUARTER, new Interval(3, 0, 0)),
            Map.entry(TimeUnit.YEAR, new Interval(12, 0, 0)),
            Map.entry(TimeUnit.DECADE, new Interval(120, 0, 0)),
            Map.entry(TimeUnit.CENTURY, new Interval(1200, 0, 0)),
            Map.entry(TimeUnit.MILLENNIUM, new Interval(12_000, 0, 0)));

    private Moments() {}

    /** Whether times can be cut to a unit of this name. */
    static boolean isLength(String unit) {
        return LENGTHS.containsKey(TimeUnit.named(unit, "timestamp"));
    }

    /** Later by what an interval is compared as: of 30 days for a month, of 24 hours for a day. */
    public static long later(long micros, Interval by) {
        return moved(micros, by, 1);
    }

    /** Earlier by what an interval is compared as. */
    public static long earlier(long micros, Interval by) {
        return moved(micros, by, -1);
    }

    private static long moved(long micros, Interval by, int sign) {
        if (!by.isFinite()) {
            return by.months() > 0 == sign > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        long days = sign * ((long) by.months() * Interval.DAYS_PER_MONTH + by.days());
        long moved = Calendar.later(micros, saturated(days, DAY));
        boolean negatable = sign > 0 || by.micros() != Long.MIN_VALUE;
        return Calendar.later(moved, negatable ? sign * by.micros() : Long.MAX_VALUE);
    }

    /** The interval backwards. */
    public static Interval backwards(Interval by) {
        boolean negatable =
                by.months() != Integer.MIN_VALUE && by.days() != Integer.MIN_VALUE && by.micros() != Long.MIN_VALUE;
        if (negatable && by.isFinite()) {
            return new Interval(-by.months(), -by.days(), -by.micros());
        }
        return by.compareTo(Interval.ZERO) > 0 ? Interval.NEGATIVE_INFINITY : Interval.INFINITY;
    }

    /** Later by a number of seconds, cut down to whole microseconds: what is past it is later by more. */
    public static long laterPast(long micros, Decimal seconds) {
        return later(micros, seconds, RoundingMode.FLOOR);
    }

    /** Later by a number of seconds, cut up to whole microseconds: what has come to it is later by as many, or more. */
    public static long laterFrom(long micros, Decimal seconds) {
        return later(micros, seconds, RoundingMode.CEILING);
    }

    private static long later(long micros, Decimal seconds, RoundingMode rounding) {
        if (!seconds.isFinite()) {
            // NaN is greater than all numbers.
            return seconds.equals(Decimal.NEGATIVE_INFINITY) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        BigDecimal by = seconds.value().movePointRight(6).setScale(0, rounding);
        boolean fits = by.precision() - by.scale() <= 18;
        return Calendar.later(micros, fits ? by.longValueExact() : by.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
    }

    /** The first beginning of a unit that is not before a time. */
    public static long unitFrom(String unit, long micros) {
        return isAtBeginning(unit, micros) ? micros : unitPast(unit, micros);
    }

    private static boolean isAtBeginning(String unit, long micros) {
        return TimeFunctions.isInfinite(micros) || TimeFunctions.dateTrunc(unit, micros) == micros;
    }

    /** The first beginning of a unit that is after a time. */
    public static long unitPast(String unit, long micros) {
        return Calendar.UTC.plus(
                TimeFunctions.dateTrunc(unit, micros),
                Objects.requireNonNull(LENGTHS.get(TimeUnit.named(unit, "timestamp")), unit));
    }

    /** The beginning of a day. */
    public static long dayFrom(int day) {
        if (day == Integer.MAX_VALUE || day == Integer.MIN_VALUE) {
            return day > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return saturated(day, DAY);
    }

    /** The end of a day. */
    public static long dayPast(int day) {
        return Calendar.later(dayFrom(day), DAY);
    }

    /** The first day that begins at a time or after it. */
    public static int firstDay(long micros) {
        return TimeFunctions.isInfinite(micros) ? TimeConversion.date(micros) : clamped(Math.ceilDiv(micros, DAY));
    }

    /** The day of a time. */
    public static int day(long micros) {
        return TimeFunctions.isInfinite(micros) ? TimeConversion.date(micros) : clamped(Math.floorDiv(micros, DAY));
    }

    /** So many days later. */
    public static int daysLater(int day, int by) {
        boolean infinite = day == Integer.MAX_VALUE || day == Integer.MIN_VALUE;
        return infinite ? day : clamped((long) day + by);
    }

    /** So many days earlier. */
    public static int daysEarlier(int day, int by) {
        boolean infinite = day == Integer.MAX_VALUE || day == Integer.MIN_VALUE;
        return infinite ? day : clamped((long) day - by);
    }

    private static int clamped(long day) {
        return Math.clamp(day, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long saturated(long count, long length) {
        long high = Math.multiplyHigh(count, length);
        long product = count * length;
        boolean fits = (high == 0 && product >= 0) || (high == -1 && product < 0);
        return fits ? product : count > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
