package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import java.util.Locale;

/** Functions of text. Positions and lengths count characters (code points) from 1. */
public enum TextFunctions implements OverloadedFunction {
    UPPER("upper"),
    LOWER("lower"),
    LENGTH("length"),
    CONCAT_OPERATOR("concatenate"),
    SUBSTRING("substring"),
    POSITION("position"),
    STRPOS("strpos"),
    REPLACE("replace"),
    LEFT("left"),
    RIGHT("right"),
    SPLIT_PART("splitPart"),
    TRIM_BOTH("trimBoth"),
    TRIM_LEADING("trimLeading"),
    TRIM_TRAILING("trimTrailing");

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Overloads methods;

    TextFunctions(String method) {
        this.methods = Overloads.of(method, TextFunctions.class);
    }

    @Override
    public boolean mayFail() {
        return this == SUBSTRING || this == SPLIT_PART;
    }

    @Override
    public Overloads methods() {
        return methods;
    }

    /** Character by character, as Postgres does it: ß has no capital letter. */
    public static String upper(String text) {
        if (isAscii(text)) {
            return text.toUpperCase(Locale.ROOT);
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(Character::toUpperCase).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    /** Character by character. */
    public static String lower(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    /** Then the JDK maps it character by character too, and at once. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    public static String concatenate(String left, String right) {
        return left + right;
    }

    /** From {@code start}, which may lie before the text. */
    public static String substring(String text, int start) {
        return slice(text, start - 1L, Long.MAX_VALUE);
    }

    /** From {@code start}, which may lie before the text, {@code count} characters. */
    public static String substring(String text, int start, int count) {
        if (count < 0) {
            throw DataErrors.of("negative substring length not allowed");
        }
        return slice(text, start - 1L, start - 1L + count);
    }

    public static int position(String wanted, String text) {
        int index = text.indexOf(wanted);
        return index < 0 ? 0 : 1 + text.codePointCount(0, index);
    }

    public static int strpos(String text, String wanted) {
        return position(wanted, text);
    }

    public static String replace(String text, String wanted, String replacement) {
        return wanted.isEmpty() ? text : text.replace(wanted, replacement);
    }

    /** The field of this number between delimiters, from 1, or from the end if it is negative; nothing if there are not so many. */
    public static String splitPart(String text, String delimiter, int field) {
        if (field == 0) {
            throw DataErrors.of("field position must not be zero");
        }
        if (delimiter.isEmpty()) {
            return Math.abs((long) field) == 1 ? text : "";
        }
        // As a long, since the smallest int has no opposite.
        long before = field > 0 ? field - 1L : fields(text, delimiter) + (long) field;
        int start = 0;
        for (long skipped = 0; skipped < before; skipped++) {
            int end = indexOf(text, delimiter, start);
            if (end < 0) {
                return "";
            }
            start = end + delimiter.length();
        }
        int end = indexOf(text, delimiter, start);
        return before < 0 ? "" : text.substring(start, end < 0 ? text.length() : end);
    }

    /** Nearly all delimiters are of one character, for which the JVM looks many times as fast. */
    private static int indexOf(String text, String delimiter, int from) {
        return delimiter.length() == 1 ? text.indexOf(delimiter.charAt(0), from) : text.indexOf(delimiter, from);
    }

    private static int fields(String text, String delimiter) {
        int fields = 1;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length())) {
            fields++;
        }
        return fields;
    }

    /** A negative count leaves characters out at the end. */
    public static String left(String text, int count) {
        return slice(text, 0, count >= 0 ? count : (long) length(text) + count);
    }

    /** A negative count leaves characters out at the front, but the smallest one none: it has no opposite. */
    public static String right(String text, int count) {
        int length = length(text);
        return slice(text, count >= 0 ? (long) length - count : -count, length);
    }

    public static String trimBoth(String text, String characters) {
        return trimTrailing(trimLeading(text, characters), characters);
    }

    public static String trimLeading(String text, String characters) {
        int from = 0;
        while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        return text.substring(from);
    }

    public static String trimTrailing(String text, String characters) {
        int to = text.length();
        while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(0, to);
    }

    /** The characters from {@code from} to before {@code to}, both moved into the text. */
    private static String slice(String text, long from, long to) {
        int length = length(text);
        int first = Math.clamp(from, 0, length);
        int last = Math.clamp(to, first, length);
        if (length == text.length()) {
            return text.substring(first, last);
        }
        return text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
    }
}
