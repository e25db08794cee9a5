package dev.millrace.sql.function;

import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time by a pattern, field by field. Unless FX stands before them, blanks before and after fields do not count, and a separator of the pattern stands for any, or for none. A number has as many
 * digits as its field's name letters, or all that there are if none can follow.
 */
final class TimeReader {
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d+");
    private static final Pattern THOUSANDS = Pattern.compile("\\s*([+-]?\\d+),(\\s*[+-]?\\d{1,3})");
    private static final Set<String> WORDS = Set.of(
            "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "DAY", "DY", "FX", "MONTH", "MON", "OF", "P.M.", "PM", "RM",
            "TZH", "TZ");
    private static final Set<String> GREGORIAN =
            Set.of("DDD", "DD", "D", "MM", "MONTH", "MON", "RM", "W", "WW", "Y,YYY", "YYYY", "YYY", "YY", "Y");
    private static final Set<String> OF_ISO_WEEKS = Set.of("IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I");
    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");

    private final String text;
    private final List<TimePattern.Part> parts;
    private final ReadTime time;
    private int at;
    /** The part that is read. */
    private int part;
    /** How many more blanks than the pattern has were passed over. */
    private int skipped;

    private boolean exact;
    private boolean gregorian;

    private TimeReader(String text, TimePattern pattern) {
        this.text = text;
        this.parts = pattern.parts();
        this.time = new ReadTime(text);
    }

    static ReadTime read(String text, TimePattern pattern) {
        return new TimeReader(text, pattern).read();
    }

    private ReadTime read() {
        for (part = 0; part < parts.size() && at < text.length(); part++) {
            TimePattern.Part read = parts.get(part);
            String name = read.text().toUpperCase(Locale.ROOT);
            boolean begins = read.field() ? !name.equals("FX") : part == 0;
            if (!exact && begins) {
                skipped += skipBlanks();
            }
            switch (read.kind()) {
                case FIELD -> field(name);
                case SPACE, SEPARATOR -> separator();
                case CHARACTER -> character();
            }
            if (!exact && read.field()) {
                skipped = skipBlanks();
            }
        }
        return time;
    }

    private int skipBlanks() {
        int start = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    private void skipCharacter() {
        at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }

    private void separator() {
        if (exact) {
            skipCharacter();
            return;
        }
        boolean there = at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || TimePattern.isSeparator(text.charAt(at)));
        skipped -= there ? 0 : 1;
        at += there ? 1 : 0;
    }

    private void character() {
        if (!exact && skipped > 0) {
            skipped--;
        } else {
            skipCharacter();
        }
    }

    private void field(String name) {
        calendar(name);
        switch (name) {
            case "FX" -> exact = true;
            case "A.M.", "P.M." -> halfOfDay(List.of("a.m.", "p.m."));
            case "AM", "PM" -> halfOfDay(List.of("am", "pm"));
            case "HH", "HH12" -> {
                time.hour = number(2, time.hour);
                time.twelveHours = true;
            }
            case "HH24" -> time.hour = number(2, time.hour);
            case "MI" -> time.minute = number(2, time.minute);
            case "SS" -> time.second = number(2, time.second);
            case "SSSS", "SSSSS" -> time.secondOfDay = number(name.length(), time.secondOfDay);
            case "MS" -> time.millis = fraction(3, 3, time.millis);
            case "US" -> time.micros = fraction(6, 6, time.micros);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> {
                time.precision = name.charAt(2) - '0';
                time.micros = fraction(time.precision, 6, time.micros);
            }
            case "TZ" -> zone();
            case "OF" -> offset();
            case "TZH" -> offsetHours();
            case "TZM" -> {
                time.zoneSign = time.zoneSign == 0 ? 1 : time.zoneSign;
                time.zoneMinutes = number(2, time.zoneMinutes);
            }
            case "A.D.", "B.C." -> time.beforeChrist = set(time.beforeChrist, word(List.of("a.d.", "b.c.")));
            case "AD", "BC" -> time.beforeChrist = set(time.beforeChrist, word(List.of("ad", "bc")));
            default -> dateField(name);
        }
        if (!parts.get(part).ordinal().isEmpty() && !WORDS.contains(name)) {
            skipCharacter();
            skipCharacter();
        }
    }

    private void dateField(String name) {
        switch (name) {
            case "MONTH" -> time.month = set(time.month, 1 + word(TimeFormats.MONTHS));
            case "MON" -> time.month = set(time.month, 1 + word(shortened(TimeFormats.MONTHS)));
            case "RM" -> time.month = set(time.month, 12 - word(TimeFormats.ROMAN.reversed()));
            case "MM" -> time.month = number(2, time.month);
            case "DAY" -> time.dayOfWeek = 1 + set(time.dayOfWeek, word(DAYS));
            case "DY" -> time.dayOfWeek = 1 + set(time.dayOfWeek, word(shortened(DAYS)));
            case "DDD", "IDDD" -> time.dayOfYear = number(3, time.dayOfYear);
            case "DD" -> time.day = number(2, time.day);
            case "D" -> time.dayOfWeek = number(1, time.dayOfWeek);
            // From Monday to from Sunday.
            case "ID" -> {
                int day = number(1, time.dayOfWeek) + 1;
                time.dayOfWeek = day > 7 ? 1 : day;
            }
            case "WW", "IW" -> time.week = number(2, time.week);
            case "W" -> time.weekOfMonth = number(1, time.weekOfMonth);
            case "Q" -> number(1, 0);
            case "J" -> time.julian = number(1, time.julian);
            case "CC" -> time.century = number(2, time.century);
            case "Y,YYY" -> thousands();
            case "YYYY", "IYYY" -> year(4, value -> value);
            case "YYY", "IYY", "YY", "IY", "Y", "I" -> year(name.length(), TimeReader::near2020);
            default -> throw new IllegalStateException(name);
        }
    }

    private void calendar(String name) {
        gregorian |= GREGORIAN.contains(name);
        time.isoWeeks |= OF_ISO_WEEKS.contains(name);
        if (gregorian && time.isoWeeks) {
            throw DataErrors.of("invalid combination of date conventions");
        }
    }

    private void halfOfDay(List<String> words) {
        time.afternoon = set(time.afternoon, word(words));
        time.twelveHours = true;
    }

    private static List<String> shortened(List<String> words) {
        return words.stream().map(word -> word.substring(0, 3)).toList();
    }

    /** Which of these, in the order given, the text goes on with. */
    private int word(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (text.regionMatches(true, at, words.get(i), 0, words.get(i).length())) {
                at += words.get(i).length();
                return i;
            }
        }
        throw invalid();
    }

    /** A field may be read twice if it is the same. */
    private int set(int before, int value) {
        if (before != 0 && before != value) {
            throw DataErrors.of("conflicting values for \"" + parts.get(part).text() + "\" field in formatting string");
        }
        return value;
    }

    private int number(int digits, int before) {
        int start = at;
        boolean toTheEnd = !parts.get(part).fill() || isSeparatorNext();
        if (!toTheEnd) {
            skipBlanks();
            if (text.length() - at < digits) {
                throw DataErrors.of(
                        "source string too short for \"" + parts.get(part).text() + "\" formatting field");
            }
        }
        Matcher matcher = NUMBER.matcher(text).region(at, toTheEnd ? text.length() : at + digits);
        boolean found = matcher.lookingAt();
        if (!toTheEnd && found && matcher.end() < at + digits) {
            throw invalid();
        }
        at = found ? matcher.end() : toTheEnd ? start : at;
        if (at == start) {
            throw invalid();
        }
        try {
            return set(before, found ? Integer.parseInt(matcher.group().strip()) : 0);
        } catch (NumberFormatException e) {
            throw DataErrors.of("value for \"" + parts.get(part).text() + "\" in source string is out of range");
        }
    }

    /** Whether what follows the number in the pattern is no digit. */
    private boolean isSeparatorNext() {
        if (!parts.get(part).ordinal().isEmpty() || part + 1 == parts.size()) {
            return true;
        }
        TimePattern.Part next = parts.get(part + 1);
        return next.field()
                ? WORDS.contains(next.text().toUpperCase(Locale.ROOT))
                : !(next.text().charAt(0) >= '0' && next.text().charAt(0) <= '9');
    }

    /** Of fewer digits than there are places the first. */
    private int fraction(int digits, int places, int before) {
        int start = at;
        int value = number(digits, before);
        for (int length = at - start; length < places; length++) {
            value *= 10;
        }
        return value;
    }

    private void year(int digits, IntUnaryOperator completed) {
        int start = at;
        int value = number(digits, time.year);
        time.year = at - start < 4 ? completed.applyAsInt(value) : value;
        time.yearDigits = digits;
    }

    private static int near2020(int year) {
        if (year < 70) {
            return year + 2000;
        }
        return year < 100 ? year + 1900 : year < 520 ? year + 2000 : year < 1000 ? year + 1000 : year;
    }

    private void thousands() {
        Matcher matcher = THOUSANDS.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw invalid();
        }
        try {
            int thousands = Math.multiplyExact(Integer.parseInt(matcher.group(1)), 1000);
            int years = Integer.parseInt(matcher.group(2).strip());
            time.year = set(time.year, Math.addExact(years, thousands));
        } catch (NumberFormatException | ArithmeticException e) {
            throw DataErrors.of("value for \"Y,YYY\" in source string is out of range");
        }
        time.yearDigits = 4;
        at = matcher.end();
    }

    private void zone() {
        String abbreviation = TimeZones.abbreviation(text.substring(at));
        if (!abbreviation.isEmpty()) {
            time.abbreviationSeconds = TimeZones.offsetSeconds(abbreviation);
            time.zoneSign = 0;
            at += abbreviation.length();
        } else if (Character.isLetter(text.charAt(at))) {
            throw invalid();
        } else {
            offset();
        }
    }

    private void offset() {
        offsetHours();
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            time.zoneMinutes = number(2, time.zoneMinutes);
        }
    }

    /** The sign may have been taken for a separator. */
    private void offsetHours() {
        char sign = at < text.length() ? text.charAt(at) : '\0';
        if (sign == '+' || sign == '-' || sign == ' ') {
            at++;
        } else {
            sign = skipped > 0 && text.charAt(at - 1) == '-' ? '-' : '+';
        }
        time.zoneSign = sign == '-' ? -1 : 1;
        time.zoneHours = number(2, time.zoneHours);
    }

    private MillraceException invalid() {
        return DataErrors.of("invalid value \"" + text.substring(at) + "\" for \""
                + parts.get(part).text() + "\"");
    }
}
