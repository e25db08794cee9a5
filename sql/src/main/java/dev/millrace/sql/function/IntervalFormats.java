package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code to_char} of intervals. Numbers may be negative, and hours more than a day has. */
public final class IntervalFormats {
    private static final int MONTHS_PER_YEAR = 12;

    private IntervalFormats() {}

    @Sql(
            value = "to_char(interval, text) text",
            about = "an interval as text by such a pattern; NULL for an infinity or an empty pattern",
            example = "to_char(interval '1 day 15:02:12', 'DD HH24:MI:SS')",
            nullable = true)
    public static @Nullable String ofInterval(Interval value, String pattern) {
        if (pattern.isEmpty() || !value.isFinite()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (TimePattern.Part part : TimeFormats.pattern(pattern).parts()) {
            text.append(part.field() ? field(part, value) : part.text());
        }
        return text.toString();
    }

    private static String field(TimePattern.Part part, Interval value) {
        String name = part.text();
        long seconds = value.micros() / TimeText.MICROS_PER_SECOND;
        long hours = seconds / 3600;
        boolean afternoon = hours % 24 >= 12;
        return switch (name) {
            case "A.M.", "P.M." -> afternoon ? "P.M." : "A.M.";
            case "AM", "PM" -> afternoon ? "PM" : "AM";
            case "a.m.", "p.m." -> afternoon ? "p.m." : "a.m.";
            case "am", "pm" -> afternoon ? "pm" : "am";
            case "RM", "rm" -> roman(part, value.months() / MONTHS_PER_YEAR, value.months() % MONTHS_PER_YEAR);
            case "FX", "fx" -> "";
            default ->
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "HH", "HH12" -> signed(part, 2, hours % 12 == 0 ? 12 : hours % 12, hours);
                    case "HH24" -> signed(part, 2, hours, hours);
                    case "MI" -> signed(part, 2, seconds / 60 % 60, seconds / 60 % 60);
                    case "SS" -> signed(part, 2, seconds % 60, seconds % 60);
                    case "SSSS", "SSSSS" -> TimeFormats.ordinal(part, Long.toString(seconds));
                    default -> fraction(part, name.toUpperCase(Locale.ROOT), value);
                };
        };
    }

    private static String fraction(TimePattern.Part part, String name, Interval value) {
        int micros = (int) (value.micros() % TimeText.MICROS_PER_SECOND);
        int digits = switch (name) {
            case "MS" -> 3;
            case "US" -> 6;
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> name.charAt(2) - '0';
            default -> 0;
        };
        return digits == 0
                ? date(part, name, value)
                : TimeFormats.ordinal(part, padded(digits, micros / Math.powExact(10, 6 - digits)));
    }

    private static String date(TimePattern.Part part, String name, Interval value) {
        int years = value.months() / MONTHS_PER_YEAR;
        int months = value.months() % MONTHS_PER_YEAR;
        int days = value.days();
        // Wraps as in Postgres.
        int allDays = value.months() * Interval.DAYS_PER_MONTH + days;
        return switch (name) {
            case "MM" -> signed(part, 2, months, months);
            case "DDD" -> TimeFormats.ordinal(part, padded(part.fill() ? 3 : 1, allDays));
            case "DD" -> TimeFormats.ordinal(part, padded(part.fill() ? 2 : 1, days));
            case "WW" -> TimeFormats.ordinal(part, padded(part.fill() ? 2 : 1, (allDays - 1) / 7 + 1));
            case "W" -> TimeFormats.ordinal(part, Integer.toString((days - 1) / 7 + 1));
            case "Q" -> months == 0 ? "" : TimeFormats.ordinal(part, Integer.toString((months - 1) / 3 + 1));
            case "CC" -> signed(part, Math.abs(years / 100) > 99 ? 1 : 2, years / 100, years / 100);
            case "Y,YYY" -> TimeFormats.ordinal(part, years / 1000 + "," + padded(3, years % 1000));
            case "YYYY" -> signed(part, 4, years, years);
            case "YYY" -> signed(part, 3, years % 1000, years);
            case "YY" -> signed(part, 2, years % 100, years);
            case "Y" -> TimeFormats.ordinal(part, Integer.toString(years % 10));
            case "IYYY", "IYY", "IY", "I", "IW", "IDDD", "J" ->
                throw DataErrors.of("an interval has no \"" + name + "\", which are of a day in the calendar");
            default -> throw DataErrors.of("invalid format specification for an interval value");
        };
    }

    /** With as many digits as are wanted, and a place more for the sign of what it is a part of. */
    private static String signed(TimePattern.Part part, int digits, long number, long whole) {
        return TimeFormats.ordinal(part, padded(part.fill() ? whole < 0 ? digits + 1 : digits : 1, number));
    }

    private static String padded(int width, long number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    /** Whole years are the last month, and negative months are counted back from it. */
    private static String roman(TimePattern.Part part, int years, int months) {
        if (years == 0 && months == 0) {
            return "";
        }
        int month = months == 0 ? years > 0 ? MONTHS_PER_YEAR : 1 : Math.floorMod(months, MONTHS_PER_YEAR + 1);
        String number = TimeFormats.ROMAN.get(month - 1);
        String written = part.text().equals("rm") ? number.toLowerCase(Locale.ROOT) : number;
        return part.fill() ? TextBuilding.rpad(written, 4) : written;
    }
}
