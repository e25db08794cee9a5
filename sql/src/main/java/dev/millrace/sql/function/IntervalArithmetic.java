package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.IntervalMath;
import dev.millrace.error.MillraceException;

/** Intervals added, subtracted, multiplied and divided. */
public final class IntervalArithmetic {

    private IntervalArithmetic() {}

    @Sql(
            value = "+(interval, interval) interval",
            about = "the sum of two intervals",
            example = "interval '1 day' + interval '1 hour'")
    public static Interval add(Interval left, Interval right) {
        try {
            return IntervalMath.add(left, right);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(
            value = "-(interval, interval) interval",
            about = "the difference of two intervals",
            example = "interval '1 day' - interval '1 hour'")
    public static Interval subtract(Interval left, Interval right) {
        try {
            return IntervalMath.subtract(left, right);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(value = "-(interval) interval", about = "the opposite interval", example = "- interval '1 day'")
    public static Interval negate(Interval value) {
        try {
            return IntervalMath.negate(value);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    @Sql(
            value = "*(interval, float8) interval",
            about = "an interval so many times",
            example = "interval '1 day' * 1.5")
    public static Interval multiply(Interval value, double factor) {
        try {
            return IntervalMath.multiply(value, factor);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
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
        try {
            return IntervalMath.divide(value, divisor);
        } catch (ArithmeticException e) {
            throw outOfRange();
        }
    }

    static MillraceException outOfRange() {
        return DataErrors.of("interval out of range");
    }
}
