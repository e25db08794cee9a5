package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import dev.millrace.error.MillraceException;

/** Intervals added, subtracted, multiplied and divided. What is left over of months goes to days and of days to microseconds, as in Postgres. */
public final class IntervalArithmetic {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double TWO_TO_31 = 0x1p31;
    private static final double TWO_TO_63 = 0x1p63;

    private IntervalArithmetic() {}

    @Sql(
            value = "+(interval, interval) interval",
            about = "the sum of two intervals",
            example = "interval '1 day' + interval '1 hour'")
    public static Interval add(Interval left, Interval right) {
        if (!left.isFinite() || !right.isFinite()) {
            boolean opposed = !left.isFinite() && !right.isFinite() && sign(left) != sign(right);
            if (opposed) {
                throw outOfRange();
            }
            return left.isFinite() ? right : left;
        }
        try {
            return finite(new Interval(
                    Math.addExact(left.months(), right.months()),
                    Math.addExact(left.days(), right.days()),
                    Math.addExact(left.micros(), right.micros())));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(
            value = "-(interval, interval) interval",
            about = "the difference of two intervals",
            example = "interval '1 day' - interval '1 hour'")
    public static Interval subtract(Interval left, Interval right) {
        if (!left.isFinite() || !right.isFinite()) {
            boolean same = !left.isFinite() && !right.isFinite() && sign(left) == sign(right);
            if (same) {
                throw outOfRange();
            }
            return left.isFinite() ? negate(right) : left;
        }
        try {
            return finite(new Interval(
                    Math.subtractExact(left.months(), right.months()),
                    Math.subtractExact(left.days(), right.days()),
                    Math.subtractExact(left.micros(), right.micros())));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(value = "-(interval) interval", about = "the opposite interval", example = "- interval '1 day'")
    public static Interval negate(Interval value) {
        if (!value.isFinite()) {
            return sign(value) > 0 ? Interval.NEGATIVE_INFINITY : Interval.INFINITY;
        }
        try {
            return finite(new Interval(
                    Math.negateExact(value.months()),
                    Math.negateExact(value.days()),
                    Math.negateExact(value.micros())));
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(
            value = "*(interval, float8) interval",
            about = "an interval so many times",
            example = "interval '1 day' * 1.5")
    public static Interval multiply(Interval value, double factor) {
        if (Double.isNaN(factor)) {
            throw outOfRange();
        }
        if (!value.isFinite()) {
            if (factor == 0) {
                throw outOfRange();
            }
            return factor < 0 ? negate(value) : value;
        }
        if (Double.isInfinite(factor)) {
            int sign = sign(value);
            if (sign == 0) {
                throw outOfRange();
            }
            return factor * sign < 0 ? Interval.NEGATIVE_INFINITY : Interval.INFINITY;
        }
        return cascaded(value.months() * factor, value.days() * factor, value.micros() * factor);
    }

    @Sql(value = "*(float8, interval) interval", about = "an interval so many times", example = "2 * interval '1 day'")
    public static Interval multiply(double factor, Interval value) {
        return multiply(value, factor);
    }

    @Sql(
            value = "/(interval, float8) interval",
            about = "an interval divided by a number",
            example = "interval '1 hour' / 1.5")
    public static Interval divide(Interval value, double divisor) {
        if (divisor == 0) {
            throw DataErrors.divisionByZero();
        }
        if (Double.isNaN(divisor)) {
            throw outOfRange();
        }
        if (!value.isFinite()) {
            if (Double.isInfinite(divisor)) {
                throw outOfRange();
            }
            return divisor < 0 ? negate(value) : value;
        }
        return cascaded(value.months() / divisor, value.days() / divisor, value.micros() / divisor);
    }

    private static Interval cascaded(double months, double days, double micros) {
        int wholeMonths = toInt(months);
        int wholeDays = toInt(days);
        double daysOfMonths = rounded((months - wholeMonths) * Interval.DAYS_PER_MONTH);
        double seconds = rounded((days - wholeDays + daysOfMonths - (int) daysOfMonths) * SECONDS_PER_DAY);
        try {
            if (Math.abs(seconds) >= SECONDS_PER_DAY) {
                int more = (int) (seconds / SECONDS_PER_DAY);
                wholeDays = Math.addExact(wholeDays, more);
                seconds -= more * SECONDS_PER_DAY;
            }
            wholeDays = Math.addExact(wholeDays, (int) daysOfMonths);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
        double total = Math.rint(micros + seconds * TimeText.MICROS_PER_SECOND);
        if (!(total >= -TWO_TO_63 && total < TWO_TO_63)) {
            throw outOfRange();
        }
        return finite(new Interval(wholeMonths, wholeDays, (long) total));
    }

    /** To microseconds, so that what is whole comes out whole. */
    private static double rounded(double value) {
        return Math.rint(value * TimeText.MICROS_PER_SECOND) / TimeText.MICROS_PER_SECOND;
    }

    private static int toInt(double value) {
        if (!(value >= -TWO_TO_31 && value < TWO_TO_31)) {
            throw outOfRange();
        }
        return (int) value;
    }

    private static int sign(Interval value) {
        return Integer.signum(value.compareTo(Interval.ZERO));
    }

    private static Interval finite(Interval value) {
        if (!value.isFinite()) {
            throw outOfRange();
        }
        return value;
    }

    static MillraceException outOfRange() {
        return DataErrors.of("interval out of range");
    }
}
