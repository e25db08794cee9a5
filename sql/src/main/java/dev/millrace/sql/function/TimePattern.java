package dev.millrace.sql.function;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of {@code to_char} for times, read once: fields, each with its modifiers, and text between them. Where several names of fields fit the longest does; text in double quotes stands for
 * itself, as does what is no field's name.
 */
record TimePattern(String text, List<Part> parts) {
    /** All names; those of numbers may be written small, those of words decide by their letters how the word is written. */
    private static final List<String> FIELDS = List.of(
            "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "CC", "DAY", "DDD", "DD", "DY", "Day", "Dy", "D", "FF1", "FF2",
            "FF3", "FF4", "FF5", "FF6", "FX", "HH24", "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J",
            "MI", "MM", "MONTH", "MON", "MS", "Month", "Mon", "OF", "P.M.", "PM", "Q", "RM", "SSSSS", "SSSS", "SS",
            "TZH", "TZM", "TZ", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY", "Y", "a.d.", "a.m.", "ad", "am", "b.c.",
            "bc", "cc", "day", "ddd", "dd", "dy", "d", "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "fx", "hh24", "hh12",
            "hh", "iddd", "id", "iw", "iyyy", "iyy", "iy", "i", "j", "mi", "mm", "month", "mon", "ms", "of", "p.m.",
            "pm", "q", "rm", "sssss", "ssss", "ss", "tzh", "tzm", "tz", "us", "ww", "w", "y,yyy", "yyyy", "yyy", "yy",
            "y");

    /** What of a text to be read a part stands for: one character of a certain kind, or a field. */
    enum Kind {
        FIELD,
        SPACE,
        SEPARATOR,
        CHARACTER
    }

    /**
     * A field or a character of text.
     *
     * @param fill whether numbers have their zeros in front and words their blanks behind
     * @param ordinal {@code TH} or {@code th} for the ending of an ordinal number, else empty
     */
    record Part(String text, Kind kind, boolean fill, String ordinal) {
        boolean field() {
            return kind == Kind.FIELD;
        }
    }

    static TimePattern of(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean fill = !text.startsWith("FM", at) && !text.startsWith("fm", at);
            boolean translated = text.startsWith("TM", at) || text.startsWith("tm", at);
            at += fill && !translated ? 0 : 2;
            String field = field(text, at);
            if (!field.isEmpty()) {
                at += field.length();
                String ordinal = text.startsWith("TH", at) ? "TH" : text.startsWith("th", at) ? "th" : "";
                at += ordinal.isEmpty() ? text.startsWith("SP", at) ? 2 : 0 : 2;
                parts.add(new Part(field, Kind.FIELD, fill && !translated, ordinal));
            } else if (at < text.length()) {
                at = literal(text, at, parts);
            }
        }
        return new TimePattern(text, List.copyOf(parts));
    }

    private static String field(String text, int at) {
        String longest = "";
        for (String field : FIELDS) {
            if (field.length() > longest.length() && text.startsWith(field, at)) {
                longest = field;
            }
        }
        return longest;
    }

    /** The position after the text that begins here: what is in quotes, or one character. */
    private static int literal(String text, int start, List<Part> parts) {
        if (text.charAt(start) != '"') {
            int character = text.startsWith("\\\"", start) ? start + 1 : start;
            char value = text.charAt(character);
            Kind kind =
                    isSeparator(value) ? Kind.SEPARATOR : Character.isWhitespace(value) ? Kind.SPACE : Kind.CHARACTER;
            return character(text, character, kind, parts);
        }
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
            at = character(text, at, Kind.CHARACTER, parts);
        }
        return at + 1;
    }

    private static int character(String text, int at, Kind kind, List<Part> parts) {
        int end = at + Character.charCount(text.codePointAt(at));
        parts.add(new Part(text.substring(at, end), kind, true, ""));
        return end;
    }

    /** Whether it is an ASCII character that can be seen and is neither a letter nor a digit. */
    static boolean isSeparator(char character) {
        return character > ' ' && character < 0x7f && !Character.isLetterOrDigit(character);
    }
}
