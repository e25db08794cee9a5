package dev.millrace.sql.function;

/** Casts to dates and timestamps. The time zone is UTC, so timestamps with and without are the same instants. */
public final class TimeConversion {
    private TimeConversion() {}

    public static int date(int days) {
        return days;
    }

    public static int date(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        }
        return (int) Math.floorDiv(micros, TimeText.MICROS_PER_DAY);
    }

    public static int date(String text) {
        return TimeText.parseDate(text);
    }

    public static long timestamp(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        try {
            return Math.multiplyExact(days, TimeText.MICROS_PER_DAY);
        } catch (ArithmeticException e) {
            throw DataErrors.of("date out of range for timestamp");
        }
    }

    public static long timestamp(long micros) {
        return micros;
    }

    public static long timestamp(String text) {
        return TimeText.parseTimestamp(text, false);
    }

    public static long timestamptz(int days) {
        return timestamp(days);
    }

    public static long timestamptz(long micros) {
        return micros;
    }

    public static long timestamptz(String text) {
        return TimeText.parseTimestamp(text, true);
    }
}
