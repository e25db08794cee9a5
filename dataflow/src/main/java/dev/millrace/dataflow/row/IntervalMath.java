package dev.millrace.dataflow.row;

/**
 * Arithmetic over {@link Interval}. What is left over of months goes to days and of days to microseconds, as in Postgres. All methods throw an {@link ArithmeticException} if there is no such interval.
 */
public final class IntervalMath {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final double TWO_TO_31 = 0x1p31;
    private static final double TWO_TO_63 = 0x1p63;

    private IntervalMath() {}

    public static Interval add(Interval left, Interval right) {
        if (!left.isFinite() || !right.isFinite()) {
            boolean opposed = !left.isFinite() && !right.isFinite() && sign(left) != sign(right);
            if (opposed) {
                throw outOfRange();
            }
            return left.isFinite() ? right : left;
        }
        return finite(new Interval(
                Math.addExact(left.months(), right.months()),
                Math.addExact(left.days(), right.days()),
                Math.addExact(left.micros(), right.micros())));
    }

    public static Interval subtract(Interval left, Interval right) {
        if (!left.isFinite() || !right.isFinite()) {
            boolean same = !left.isFinite() && !right.isFinite() && sign(left) == sign(right);
            if (same) {
                throw outOfRange();
            }
            return left.isFinite() ? negate(right) : left;
        }
        return finite(new Interval(
                Math.subtractExact(left.months(), right.months()),
                Math.subtractExact(left.days(), right.days()),
                Math.subtractExact(left.micros(), right.micros())));
    }

    public static Interval negate(Interval value) {
        if (!value.isFinite()) {
            return sign(value) > 0 ? Interval.NEGATIVE_INFINITY : Interval.INFINITY;
        }
        return finite(new Interval(
                Math.negateExact(value.months()), Math.negateExact(value.days()), Math.negateExact(value.micros())));
    }

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

    /** By a number that is not zero. */
    public static Interval divide(Interval value, double divisor) {
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

    /** The value, which must not be an infinity. */
    public static Interval finite(Interval value) {
        if (!value.isFinite()) {
            throw outOfRange();
        }
        return value;
    }

    private static Interval cascaded(double months, double days, double micros) {
        int wholeMonths = toInt(months);
        int wholeDays = toInt(days);
        double daysOfMonths = rounded((months - wholeMonths) * Interval.DAYS_PER_MONTH);
        double seconds = rounded((days - wholeDays + daysOfMonths - (int) daysOfMonths) * SECONDS_PER_DAY);
        if (Math.abs(seconds) >= SECONDS_PER_DAY) {
            int more = (int) (seconds / SECONDS_PER_DAY);
            wholeDays = Math.addExact(wholeDays, more);
            seconds -= more * SECONDS_PER_DAY;
        }
        wholeDays = Math.addExact(wholeDays, (int) daysOfMonths);
        double total = Math.rint(micros + seconds * MICROS_PER_SECOND);
        if (!(total >= -TWO_TO_63 && total < TWO_TO_63)) {
            throw outOfRange();
        }
        return finite(new Interval(wholeMonths, wholeDays, (long) total));
    }

    /** To microseconds, so that what is whole comes out whole. */
    private static double rounded(double value) {
        return Math.rint(value * MICROS_PER_SECOND) / MICROS_PER_SECOND;
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

    private static ArithmeticException outOfRange() {
        return new ArithmeticException("interval out of range");
    }
}
