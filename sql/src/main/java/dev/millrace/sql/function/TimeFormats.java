package dev.millrace.sql.function;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code to_char} of timestamps, and {@code to_date} and {@code to_timestamp}. The names of months and days are English. */
public final class TimeFormats {
    private static final int NAME_WIDTH = 9;
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final List<String> ROMAN = List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

    /** Threads may race here: a pattern is immutable, and one that is overwritten is only read again. */
    private static volatile TimePattern last = TimePattern.of("");

    private TimeFormats() {}

    @Sql(
            value = "to_char(timestamp, text) text",
            about =
                    "a timestamp as text by a pattern: YYYY-MM-DD HH24:MI:SS, FMMonth, Dy, …; NULL for an infinity or an empty pattern",
            example = "to_char(timestamp '2024-02-29 14:03:09', 'FMDay, DDth Mon YYYY HH12:MI:SS am')",
            mayFail = false,
            nullable = true)
    public static @Nullable String ofTimestamp(long micros, String pattern) {
        return format(micros, pattern, "");
    }

    @Sql(
            value = "to_char(timestamptz, text) text",
            about = "the same of a timestamp with time zone",
            example = "to_char('2024-02-29 14:03:09+01'::timestamptz, 'YYYY-MM-DD HH24:MI:SS TZ OF')",
            mayFail = false,
            nullable = true)
    public static @Nullable String ofTimestamptz(long micros, String pattern) {
        return format(micros, pattern, "UTC");
    }

    @Sql(
            value = "to_date(text, text) date",
            about = "a date that is written by such a pattern",
            example = "to_date('29 Feb 2024', 'DD Mon YYYY')")
    public static int toDate(String text, String pattern) {
        return TimeReader.read(text, pattern(pattern)).date();
    }

    @Sql(
            value = "to_timestamp(text, text) timestamptz",
            about = "a time that is written by such a pattern, in UTC if it does not say a zone",
            example = "to_timestamp('2024-02-29 12:34 PM', 'YYYY-MM-DD HH12:MI AM')")
    public static long toTimestamp(String text, String pattern) {
        return TimeReader.read(text, pattern(pattern)).timestamp();
    }

    static TimePattern pattern(String text) {
        TimePattern read = last;
        if (!read.text().equals(text)) {
            read = TimePattern.of(text);
            last = read;
        }
        return read;
    }

    private static @Nullable String format(long micros, String pattern, String zone) {
        if (pattern.isEmpty() || TimeFunctions.isInfinite(micros)) {
            return null;
        }
        LocalDateTime time = TimeFunctions.toLocal(micros);
        StringBuilder text = new StringBuilder();
        for (TimePattern.Part part : pattern(pattern).parts()) {
            text.append(part.field() ? field(part, time, zone) : part.text());
        }
        return text.toString();
    }

    private static String field(TimePattern.Part part, LocalDateTime time, String zone) {
        String name = part.text();
        boolean afternoon = time.getHour() >= 12;
        boolean beforeChrist = time.getYear() <= 0;
        return switch (name) {
            case "A.M.", "P.M." -> afternoon ? "P.M." : "A.M.";
            case "AM", "PM" -> afternoon ? "PM" : "AM";
            case "a.m.", "p.m." -> afternoon ? "p.m." : "a.m.";
            case "am", "pm" -> afternoon ? "pm" : "am";
            case "A.D.", "B.C." -> beforeChrist ? "B.C." : "A.D.";
            case "AD", "BC" -> beforeChrist ? "BC" : "AD";
            case "a.d.", "b.c." -> beforeChrist ? "b.c." : "a.d.";
            case "ad", "bc" -> beforeChrist ? "bc" : "ad";
            case "MONTH", "Month", "month" -> word(MONTHS.get(time.getMonthValue() - 1), name, part.fill());
            case "MON", "Mon", "mon" ->
                word(MONTHS.get(time.getMonthValue() - 1).substring(0, 3), name, false);
            case "DAY", "Day", "day" -> word(DAYS.get(time.getDayOfWeek().getValue() - 1), name, part.fill());
            case "DY", "Dy", "dy" ->
                word(DAYS.get(time.getDayOfWeek().getValue() - 1).substring(0, 3), name, false);
            case "RM", "rm" -> roman(time.getMonthValue(), name, part.fill());
            case "TZ" -> zone;
            case "tz" -> zone.toLowerCase(Locale.ROOT);
            case "TZH", "tzh" -> "+00";
            case "TZM", "tzm" -> "00";
            case "OF", "of" -> part.fill() ? "+00" : "+0";
            case "FX", "fx" -> "";
            default -> number(part, name.toUpperCase(Locale.ROOT), time);
        };
    }

    private static String word(String word, String name, boolean fill) {
        String written = Character.isLowerCase(name.charAt(0))
                ? word.toLowerCase(Locale.ROOT)
                : Character.isLowerCase(name.charAt(1)) ? word : word.toUpperCase(Locale.ROOT);
        return fill ? TextBuilding.rpad(written, NAME_WIDTH) : written;
    }

    private static String roman(int month, String name, boolean fill) {
        String number = ROMAN.get(month - 1);
        String written = name.equals("rm") ? number.toLowerCase(Locale.ROOT) : number;
        return fill ? TextBuilding.rpad(written, 4) : written;
    }

    private static String number(TimePattern.Part part, String name, LocalDateTime time) {
        int year = time.getYear() > 0 ? time.getYear() : 1 - time.getYear();
        int isoYear = time.get(IsoFields.WEEK_BASED_YEAR);
        int shownIsoYear = isoYear > 0 ? isoYear : 1 - isoYear;
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        int hour = time.getHour();
        int week = time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return switch (name) {
            case "HH24" -> digits(part, 2, hour);
            case "HH12", "HH" -> digits(part, 2, hour % 12 == 0 ? 12 : hour % 12);
            case "MI" -> digits(part, 2, time.getMinute());
            case "SS" -> digits(part, 2, time.getSecond());
            case "SSSSS", "SSSS" -> digits(part, 1, time.toLocalTime().toSecondOfDay());
            case "MS" -> ordinal(part, padded(3, micros / 1000));
            case "US" -> ordinal(part, padded(6, micros));
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" ->
                ordinal(part, padded(6, micros).substring(0, name.charAt(2) - '0'));
            case "MM" -> digits(part, 2, time.getMonthValue());
            case "DDD" -> digits(part, 3, time.getDayOfYear());
            case "IDDD" -> digits(part, 3, (week - 1) * 7 + time.getDayOfWeek().getValue());
            case "DD" -> digits(part, 2, time.getDayOfMonth());
            case "D" -> digits(part, 1, time.getDayOfWeek().getValue() % 7 + 1);
            case "ID" -> digits(part, 1, time.getDayOfWeek().getValue());
            case "WW" -> digits(part, 2, (time.getDayOfYear() - 1) / 7 + 1);
            case "IW" -> digits(part, 2, week);
            case "Q" -> digits(part, 1, time.get(IsoFields.QUARTER_OF_YEAR));
            case "CC" -> century(part, time.getYear());
            case "Y,YYY" -> ordinal(part, year / 1000 + "," + padded(3, year % 1000));
            case "YYYY" -> digits(part, 4, year);
            case "YYY" -> digits(part, 3, year % 1000);
            case "YY" -> digits(part, 2, year % 100);
            case "Y" -> digits(part, 1, year % 10);
            case "IYYY" -> digits(part, 4, shownIsoYear);
            case "IYY" -> digits(part, 3, shownIsoYear % 1000);
            case "IY" -> digits(part, 2, shownIsoYear % 100);
            case "I" -> digits(part, 1, shownIsoYear % 10);
            case "W" -> digits(part, 1, (time.getDayOfMonth() - 1) / 7 + 1);
            case "J" -> ordinal(part, Long.toString(time.getLong(JulianFields.JULIAN_DAY)));
            default -> throw new IllegalStateException(name);
        };
    }

    private static String century(TimePattern.Part part, int year) {
        int century = year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
        String text = part.fill() && Math.abs(century) < 100
                ? (century < 0 ? "-" : "") + padded(2, Math.abs(century))
                : Integer.toString(century);
        return ordinal(part, text);
    }

    private static String digits(TimePattern.Part part, int width, int number) {
        return ordinal(part, part.fill() ? padded(width, number) : Integer.toString(number));
    }

    private static String padded(int width, int number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    /** With ST, ND, RD or TH behind it if that is wanted. */
    static String ordinal(TimePattern.Part part, String number) {
        if (part.ordinal().isEmpty()) {
            return number;
        }
        return number + ending(number, part.ordinal().equals("th"));
    }

    /** The ending of an ordinal number. */
    static String ending(String number, boolean small) {
        char lastDigit = number.charAt(number.length() - 1);
        boolean teen = number.length() > 1 && number.charAt(number.length() - 2) == '1';
        String ending = teen
                ? "TH"
                : switch (lastDigit) {
                    case '1' -> "ST";
                    case '2' -> "ND";
                    case '3' -> "RD";
                    default -> "TH";
                };
        return small ? ending.toLowerCase(Locale.ROOT) : ending;
    }
}
