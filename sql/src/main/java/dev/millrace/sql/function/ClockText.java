package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.TimeTz;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day, with and without an offset, from text: {@code 04:05[:06[.789]]}, {@code 040506}, {@code 4:05 PM}, with {@code +02}, {@code -03:30}, {@code Z} behind. */
final class ClockText {
    private static final Pattern TEXT =
            Pattern.compile("(?:(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?<fraction>\\.\\d*)?)?"
                    + "|(?<digits>\\d{4}(?:\\d{2}(?<rest>\\.\\d*)?)?))"
                    + "\\s*(?<half>am|pm)?\\s*(?<zone>z|zulu|utc|gmt|[+-]\\d{1,2}(?::?\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern AFTER_DATE = Pattern.compile("\\d{4,}-\\d+-\\d+[t\\s]+\\d+:");
    private static final int MAX_OFFSET_HOURS = 15;

    private ClockText() {}

    /** Microseconds since midnight; an offset is read and dropped. */
    static long parseTime(String text) {
        return parse(text, DataType.TIME).micros();
    }

    /** At UTC unless an offset is given. */
    static TimeTz parseTimeTz(String text) {
        return parse(text, DataType.TIMETZ);
    }

    private static TimeTz parse(String text, DataType type) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (trimmed.equals("allballs")) {
            return new TimeTz(0, 0);
        }
        if (AFTER_DATE.matcher(trimmed).lookingAt()) {
            TimeFields fields = TimeFields.parse(type, text);
            return new TimeTz(fields.microsOfDay(), fields.offsetSeconds());
        }
        Matcher parts = TEXT.matcher(trimmed);
        if (!parts.matches()) {
            throw DataErrors.invalidText(type, text);
        }
        return new TimeTz(micros(parts, text), offset(parts.group("zone"), text));
    }

    private static long micros(Matcher parts, String text) {
        String digits = parts.group("digits");
        int hour = number(digits == null ? parts.group("hour") : digits.substring(0, 2));
        int minute = number(digits == null ? parts.group("minute") : digits.substring(2, 4));
        int second = number(digits == null ? parts.group("second") : digits.substring(4));
        String point = digits == null ? parts.group("fraction") : parts.group("rest");
        double fraction = point == null || point.length() == 1 ? 0 : Double.parseDouble("0" + point);
        String half = parts.group("half");
        boolean inRange = hour <= (half == null ? 24 : 12) && minute <= 59 && second <= 60;
        if (half != null) {
            hour = hour % 12 + (half.equals("pm") ? 12 : 0);
        }
        long micros = ((hour * 60L + minute) * 60 + second) * TimeText.MICROS_PER_SECOND
                + (long) Math.rint(fraction * TimeText.MICROS_PER_SECOND);
        if (!inRange || micros > TimeText.MICROS_PER_DAY) {
            throw DataErrors.of("date/time field value out of range: \"" + text + "\"");
        }
        return micros;
    }

    private static int offset(String zone, String text) {
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return 0;
        }
        String digits = zone.substring(1).replace(":", "");
        int start = digits.length() % 2 == 0 ? 2 : 1;
        int hours = Integer.parseInt(digits.substring(0, start));
        int minutes = digits.length() > start ? Integer.parseInt(digits.substring(start, start + 2)) : 0;
        int seconds = digits.length() > start + 2 ? Integer.parseInt(digits.substring(start + 2)) : 0;
        if (hours > MAX_OFFSET_HOURS || minutes > 59 || seconds > 59) {
            throw DataErrors.of("time zone displacement out of range: \"" + text + "\"");
        }
        int total = (hours * 60 + minutes) * 60 + seconds;
        return zone.startsWith("-") ? -total : total;
    }

    private static int number(String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
