package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Dates and timestamps as text, in ISO form, time zone UTC. Reads {@code 2024-02-29}, {@code 2024-02-29 12:30[:59[.123456]]} with a
 * blank or T between, an offset ({@code Z}, {@code +02}, {@code -03:30}), {@code BC}, and the infinities. Dates reach as far as
 * Postgres's; timestamps end in the year 294247, where their microseconds do, thirty years before Postgres's.
 */
final class TimeText {
    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    /** 4714-11-24 BC, where Julian days begin. */
    static final long MIN_DAY = -2_440_588;
    /** 5874898-06-02. */
    static final long MAX_DAY = 2_145_042_905;

    private TimeText() {}

    /** Days since 1970; a time of day is read and dropped. */
    static int parseDate(String text) {
        String trimmed = text.strip();
        if (isInfinity(trimmed)) {
            return trimmed.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        long day = TimeFields.parse(DataType.DATE, text).date().toEpochDay();
        if (day < MIN_DAY || day > MAX_DAY) {
            throw DataErrors.of("date out of range: \"" + text + "\"");
        }
        return (int) day;
    }

    /** Microseconds since 1970; an offset is read and, unless {@code zoned}, dropped. */
    static long parseTimestamp(String text, boolean zoned) {
        String trimmed = text.strip();
        if (isInfinity(trimmed)) {
            return trimmed.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        TimeFields fields = TimeFields.parse(zoned ? DataType.TIMESTAMPTZ : DataType.TIMESTAMP, text);
        long offset = zoned ? fields.offsetSeconds() * MICROS_PER_SECOND : 0;
        try {
            long midnight = Math.multiplyExact(fields.date().toEpochDay(), MICROS_PER_DAY);
            long micros = Math.addExact(midnight, fields.microsOfDay() - offset);
            if (micros < MIN_DAY * MICROS_PER_DAY || micros == Long.MAX_VALUE) {
                throw new ArithmeticException("before all days, or infinity");
            }
            return micros;
        } catch (ArithmeticException e) {
            throw DataErrors.of("timestamp out of range: \"" + text + "\"");
        }
    }

    static String formatDate(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? "infinity" : "-infinity";
        }
        LocalDate date = LocalDate.ofEpochDay(days);
        return ymd(date).append(era(date)).toString();
    }

    static String formatTimestamp(long micros, boolean zoned) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        if (CommonTimestampText.has(micros)) {
            return CommonTimestampText.of(micros, zoned);
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
        StringBuilder text =
                ymd(time.toLocalDate()).append(' ').append(formatTime(Math.floorMod(micros, MICROS_PER_DAY)));
        return text.append(zoned ? "+00" : "").append(era(time.toLocalDate())).toString();
    }

    /** {@code 04:05:06.789}. */
    static String formatTime(long microsOfDay) {
        long seconds = microsOfDay / MICROS_PER_SECOND;
        StringBuilder text = new StringBuilder();
        digits(text, (int) (seconds / 3600), 2).append(':');
        digits(text, (int) (seconds / 60 % 60), 2).append(':');
        digits(text, (int) (seconds % 60), 2);
        int fraction = (int) (microsOfDay % MICROS_PER_SECOND);
        if (fraction != 0) {
            digits(text.append('.'), fraction, 6);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.toString();
    }

    /** {@code +02}, {@code -03:30}. */
    static String formatOffset(int seconds) {
        int size = Math.abs(seconds);
        StringBuilder text = new StringBuilder(seconds < 0 ? "-" : "+");
        digits(text, size / 3600, 2);
        if (size % 3600 != 0) {
            digits(text.append(':'), size / 60 % 60, 2);
        }
        if (size % 60 != 0) {
            digits(text.append(':'), size % 60, 2);
        }
        return text.toString();
    }

    private static boolean isInfinity(String text) {
        return text.equalsIgnoreCase("infinity")
                || text.equalsIgnoreCase("+infinity")
                || text.equalsIgnoreCase("-infinity");
    }

    private static StringBuilder ymd(LocalDate date) {
        StringBuilder text = new StringBuilder();
        digits(text, date.getYear() > 0 ? date.getYear() : 1 - date.getYear(), 4)
                .append('-');
        digits(text, date.getMonthValue(), 2).append('-');
        return digits(text, date.getDayOfMonth(), 2);
    }

    /** A number that is not negative, in at least so many digits. */
    private static StringBuilder digits(StringBuilder text, int number, int count) {
        int power = 1;
        for (int i = 1; i < count; i++) {
            power *= 10;
            if (number < power) {
                text.append('0');
            }
        }
        return text.append(number);
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }
}
