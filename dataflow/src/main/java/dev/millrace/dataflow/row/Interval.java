package dev.millrace.dataflow.row;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Postgres's interval: months, days and microseconds that are kept apart, since neither a month nor a day is always as long. Equality and order take a month for 30
 * days and a day for 24 hours, so that {@code 1 mon} equals {@code 30 days} and is shown otherwise.
 */
public record Interval(int months, int days, long micros) implements Comparable<Interval> {
    public static final Interval ZERO = new Interval(0, 0, 0);
    public static final Interval INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
    public static final Interval NEGATIVE_INFINITY = new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

    public static final int DAYS_PER_MONTH = 30;
    public static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int MONTHS_PER_YEAR = 12;
    private static final List<String> UNITS = List.of("year", "mon", "day");

    public boolean isFinite() {
        return !isIdentical(INFINITY) && !isIdentical(NEGATIVE_INFINITY);
    }

    private boolean isIdentical(Interval other) {
        return months == other.months && days == other.days && micros == other.micros;
    }

    /** The whole days that it comes to; the rest is less than a day. */
    public long totalDays() {
        return (long) months * DAYS_PER_MONTH + days + Math.floorDiv(micros, MICROS_PER_DAY);
    }

    private long microsOfDay() {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    @Override
    public int compareTo(Interval other) {
        int order = Long.compare(totalDays(), other.totalDays());
        return order != 0 ? order : Long.compare(microsOfDay(), other.microsOfDay());
    }

    /** Orders intervals that are equal by their months, then days. */
    public int compareRepresentations(Interval other) {
        int order = Integer.compare(months, other.months);
        return order != 0 ? order : Integer.compare(days, other.days);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Interval that && compareTo(that) == 0;
    }

    /** Postgres's form: {@code 1 year 2 mons -3 days +04:05:06.7}, {@code 00:00:00}, {@code infinity}. */
    @Override
    public String toString() {
        if (!isFinite()) {
            return months > 0 ? "infinity" : "-infinity";
        }
        StringBuilder text = new StringBuilder();
        boolean afterNegative = false;
        int[] numbers = {months / MONTHS_PER_YEAR, months % MONTHS_PER_YEAR, days};
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                text.append(text.isEmpty() ? "" : " ").append(afterNegative && numbers[i] > 0 ? "+" : "");
                text.append(numbers[i]).append(' ').append(UNITS.get(i)).append(numbers[i] == 1 ? "" : "s");
                afterNegative = numbers[i] < 0;
            }
        }
        if (text.isEmpty() || micros != 0) {
            text.append(text.isEmpty() ? "" : " ").append(micros < 0 ? "-" : afterNegative ? "+" : "");
            appendTime(text);
        }
        return text.toString();
    }

    private void appendTime(StringBuilder text) {
        long seconds = micros / MICROS_PER_SECOND;
        text.append(String.format(
                Locale.ROOT,
                "%02d:%02d:%02d",
                Math.abs(seconds / 3600),
                Math.abs(seconds / 60 % 60),
                Math.abs(seconds % 60)));
        long fraction = Math.abs(micros % MICROS_PER_SECOND);
        if (fraction != 0) {
            text.append(String.format(Locale.ROOT, ".%06d", fraction).replaceFirst("0+$", ""));
        }
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(totalDays()) + Long.hashCode(microsOfDay());
    }
}
