package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;

/** An interval that is added up from numbers of units. All methods throw an {@link ArithmeticException} if it gets out of range. */
final class IntervalParts {
    private int years;
    private int months;
    private int days;
    private long micros;

    /** Adds a number whose fraction goes to smaller units: of years to months, of others to days and microseconds. */
    void add(long value, double fraction, IntervalUnit unit) {
        if (unit.months() >= IntervalUnit.MONTHS_PER_YEAR) {
            int yearsPerUnit = unit.months() / IntervalUnit.MONTHS_PER_YEAR;
            years = Math.addExact(years, Math.multiplyExact(Math.toIntExact(value), yearsPerUnit));
            addMonths((long) Math.rint(fraction * yearsPerUnit * IntervalUnit.MONTHS_PER_YEAR));
        } else if (unit == IntervalUnit.MONTH) {
            addMonths(value);
            addFractionOfDays(fraction, Interval.DAYS_PER_MONTH);
        } else if (unit.days() > 0) {
            days = Math.addExact(days, Math.multiplyExact(Math.toIntExact(value), unit.days()));
            if (unit == IntervalUnit.DAY) {
                addFractionOfMicros(fraction, Interval.MICROS_PER_DAY);
            } else {
                addFractionOfDays(fraction, unit.days());
            }
        } else {
            addMicros(Math.multiplyExact(value, unit.micros()));
            addFractionOfMicros(fraction, unit.micros());
        }
    }

    void addMonths(long value) {
        months = Math.addExact(months, Math.toIntExact(value));
    }

    void addMicros(long value) {
        micros = Math.addExact(micros, value);
    }

    private void addFractionOfDays(double fraction, int daysPerUnit) {
        double inDays = fraction * daysPerUnit;
        days = Math.addExact(days, (int) inDays);
        addFractionOfMicros(inDays - (int) inDays, Interval.MICROS_PER_DAY);
    }

    /** What is left below a microsecond is rounded, a half towards zero. */
    private void addFractionOfMicros(double fraction, long microsPerUnit) {
        double inMicros = fraction * microsPerUnit;
        long whole = (long) inMicros;
        double rest = inMicros - whole;
        addMicros(whole + (rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0));
    }

    Interval toInterval() {
        long allMonths = (long) years * IntervalUnit.MONTHS_PER_YEAR + months;
        return finite(new Interval(Math.toIntExact(allMonths), days, micros));
    }

    /** What {@code ago} makes of it. */
    Interval negated() {
        long allMonths = (long) Math.negateExact(years) * IntervalUnit.MONTHS_PER_YEAR + Math.negateExact(months);
        return finite(new Interval(Math.toIntExact(allMonths), Math.negateExact(days), Math.negateExact(micros)));
    }

    private static Interval finite(Interval interval) {
        if (!interval.isFinite()) {
            throw new ArithmeticException("as an infinity is written");
        }
        return interval;
    }
}
