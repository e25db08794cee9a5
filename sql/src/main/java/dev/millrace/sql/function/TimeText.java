package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and timestamps as text, in ISO form, time zone UTC. Reads {@code 2024-02-29}, {@code 2024-02-29 12:30[:59[.123456]]} with a
 * blank or T between, an offset ({@code Z}, {@code +02}, {@code -03:30}), {@code BC}, and the infinities.
 */
final class TimeText {
    static final long MICROS_PER_SECOND = 1_000_000L;
    static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4,})-(\\d{1,2})-(\\d{1,2})"
                    + "(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?\\s*(Z|UTC|[+-]\\d{1,2}(?::?\\d{2})?)?)?\\s*(BC|AD)?",
            Pattern.CASE_INSENSITIVE);

    private TimeText() {}

    /** Days since 1970; a time of day is read and dropped. */
    static int parseDate(String text) {
        String trimmed = text.strip();
        if (isInfinity(trimmed)) {
            return trimmed.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        Matcher parts = match(DataType.DATE, text);
        return Math.toIntExact(date(parts, text).toEpochDay());
    }

    /** Microseconds since 1970; an offset is read and, unless {@code zoned}, dropped. */
    static long parseTimestamp(String text, boolean zoned) {
        DataType type = zoned ? DataType.TIMESTAMPTZ : DataType.TIMESTAMP;
        String trimmed = text.strip();
        if (isInfinity(trimmed)) {
            return trimmed.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        Matcher parts = match(type, text);
        long micros = date(parts, text).toEpochDay() * MICROS_PER_DAY;
        if (parts.group(4) != null) {
            micros += timeOfDay(parts, text);
        }
        if (zoned
                && parts.group(8) != null
                && !parts.group(8).toUpperCase(Locale.ROOT).matches("Z|UTC")) {
            micros -= offset(parts.group(8)).getTotalSeconds() * MICROS_PER_SECOND;
        }
        return micros;
    }

    static String formatDate(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? "infinity" : "-infinity";
        }
        LocalDate date = LocalDate.ofEpochDay(days);
        return ymd(date) + era(date);
    }

    static String formatTimestamp(long micros, boolean zoned) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(ymd(time.toLocalDate()));
        text.append(String.format(Locale.ROOT, " %02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond()));
        long fraction = Math.floorMod(micros, MICROS_PER_SECOND);
        if (fraction != 0) {
            text.append(String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", ""));
        }
        return text.append(zoned ? "+00" : "").append(era(time.toLocalDate())).toString();
    }

    private static boolean isInfinity(String text) {
        return text.equalsIgnoreCase("infinity") || text.equalsIgnoreCase("-infinity");
    }

    private static Matcher match(DataType type, String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw DataErrors.invalidText(type, text);
        }
        return matcher;
    }

    private static LocalDate date(Matcher parts, String text) {
        try {
            int year = Integer.parseInt(parts.group(1));
            boolean beforeChrist = "BC".equalsIgnoreCase(parts.group(9));
            return LocalDate.of(
                    beforeChrist ? 1 - year : year, Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        } catch (DateTimeException | NumberFormatException e) {
            throw DataErrors.of("date/time field value out of range: \"" + text + "\"");
        }
    }

    private static long timeOfDay(Matcher parts, String text) {
        try {
            int hour = Integer.parseInt(parts.group(4));
            int minute = Integer.parseInt(parts.group(5));
            int second = parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6));
            if (hour == 24 && minute == 0 && second == 0) {
                return MICROS_PER_DAY;
            }
            long micros = LocalTime.of(hour, minute, Math.min(second, 59)).toSecondOfDay() * MICROS_PER_SECOND;
            if (second > 60) {
                throw new DateTimeException("second " + second);
            }
            String fraction = parts.group(7) == null ? "0" : parts.group(7);
            return micros
                    + (second == 60 ? MICROS_PER_SECOND : 0)
                    + Math.round(Double.parseDouble("0." + fraction) * MICROS_PER_SECOND);
        } catch (DateTimeException e) {
            throw DataErrors.of("date/time field value out of range: \"" + text + "\"");
        }
    }

    private static ZoneOffset offset(String text) {
        String digits = text.substring(1).replace(":", "");
        int hours = Integer.parseInt(digits.substring(0, Math.min(2, digits.length())));
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(2)) : 0;
        int seconds = hours * 3600 + minutes * 60;
        return ZoneOffset.ofTotalSeconds(text.startsWith("-") ? -seconds : seconds);
    }

    private static String ymd(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }
}
