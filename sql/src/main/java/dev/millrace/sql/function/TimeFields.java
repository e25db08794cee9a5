package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text says of a date, a time of day (midnight unless given) and an offset from UTC (none unless given). All of it is checked,
 * also what the type that is wanted has no use for.
 */
record TimeFields(LocalDate date, long microsOfDay, int offsetSeconds) {
    private static final Pattern TEXT = Pattern.compile(
            "(?<year>\\d{4,})-(?<month>\\d{1,2})-(?<day>\\d{1,2})"
                    + "(?:[T ]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?<fraction>\\.\\d+)?)?"
                    + "\\s*(?<zone>Z|UTC|[+-]\\d{1,2}(?::?\\d{2})?)?)?\\s*(?<era>BC|AD)?",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_OFFSET_HOURS = 15;

    static TimeFields parse(DataType type, String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw DataErrors.invalidText(type, text);
        }
        try {
            return new TimeFields(date(parts), microsOfDay(parts), offset(parts, text));
        } catch (DateTimeException | NumberFormatException e) {
            throw DataErrors.of("date/time field value out of range: \"" + text + "\"");
        }
    }

    private static LocalDate date(Matcher parts) {
        int year = number(parts, "year");
        boolean beforeChrist = "BC".equalsIgnoreCase(parts.group("era"));
        if (year == 0) {
            throw new DateTimeException("there is no year 0");
        }
        return LocalDate.of(beforeChrist ? 1 - year : year, number(parts, "month"), number(parts, "day"));
    }

    /** The end of the day is 24:00, and a leap second the next minute's first. */
    private static long microsOfDay(Matcher parts) {
        int hour = number(parts, "hour");
        int minute = number(parts, "minute");
        int second = number(parts, "second");
        double fraction = parts.group("fraction") == null ? 0 : Double.parseDouble("0" + parts.group("fraction"));
        long micros = ((hour * 60L + minute) * 60 + second) * TimeText.MICROS_PER_SECOND
                + (long) Math.rint(fraction * TimeText.MICROS_PER_SECOND);
        if (minute > 59 || second > 60 || micros > TimeText.MICROS_PER_DAY) {
            throw new DateTimeException("no time of day");
        }
        return micros;
    }

    private static int offset(Matcher parts, String text) {
        String zone = parts.group("zone");
        if (zone == null || zone.toUpperCase(Locale.ROOT).matches("Z|UTC")) {
            return 0;
        }
        String digits = zone.substring(1).replace(":", "");
        boolean withMinutes = digits.length() > 2;
        int hours = Integer.parseInt(withMinutes ? digits.substring(0, digits.length() - 2) : digits);
        int minutes = withMinutes ? Integer.parseInt(digits.substring(digits.length() - 2)) : 0;
        if (hours > MAX_OFFSET_HOURS || minutes > 59) {
            throw DataErrors.of("time zone displacement out of range: \"" + text + "\"");
        }
        int seconds = (hours * 60 + minutes) * 60;
        return zone.startsWith("-") ? -seconds : seconds;
    }

    private static int number(Matcher parts, String group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
