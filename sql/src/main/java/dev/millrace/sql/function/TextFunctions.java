package dev.millrace.sql.function;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What is read off a text, and parts of it. Positions and lengths count characters (code points) from 1. */
public final class TextFunctions {
    private TextFunctions() {}

    /** Character by character, as Postgres does it: ß has no capital letter. */
    @Sql(
            value = "upper(text) text",
            about = "in capital letters, character by character: ß has none",
            example = "upper('Größe')",
            mayFail = false)
    public static String upper(String text) {
        if (isAscii(text)) {
            return text.toUpperCase(Locale.ROOT);
        }
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(Character::toUpperCase).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    /** Character by character. */
    @Sql(
            value = "lower(text) text",
            about = "in small letters, character by character",
            example = "lower('GRÖSSE')",
            mayFail = false)
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

    @Sql(
            value = {"length(text) int4", "char_length(text) int4", "character_length(text) int4"},
            about = "the number of characters",
            example = "length('Größe')",
            mayFail = false)
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** From {@code start}, which may lie before the text. */
    @Sql(
            value = {"substring(text, int4) text", "substr(text, int4) text"},
            about = "the text from a position on, which may lie before it",
            example = "substring('millrace', 5)",
            mayFail = false)
    public static String substring(String text, int start) {
        return slice(text, start - 1L, Long.MAX_VALUE);
    }

    /** From {@code start}, which may lie before the text, {@code count} characters. */
    @Sql(
            value = {"substring(text, int4, int4) text", "substr(text, int4, int4) text"},
            about = "so many characters from a position on",
            example = "substring('millrace', 5, 2)")
    public static String substring(String text, int start, int count) {
        if (count < 0) {
            throw DataErrors.of("negative substring length not allowed");
        }
        return slice(text, start - 1L, start - 1L + count);
    }

    @Sql(
            value = {"strpos(text, text) int4", "position(text, text) int4"},
            about = "the position of the second text in the first, 0 if it is not there; also position(b IN a)",
            example = "strpos('millrace', 'race')",
            mayFail = false)
    public static int strpos(String text, String wanted) {
        int index = text.indexOf(wanted);
        return index < 0 ? 0 : 1 + text.codePointCount(0, index);
    }

    @Sql(
            value = "replace(text, text, text) text",
            about = "the first text with all occurrences of the second replaced by the third",
            example = "replace('a-b-c', '-', '+')",
            mayFail = false)
    public static String replace(String text, String wanted, String replacement) {
        return wanted.isEmpty() ? text : text.replace(wanted, replacement);
    }

    /** The field of this number between delimiters, from 1, or from the end if it is negative; nothing if there are not so many. */
    @Sql(
            value = "split_part(text, text, int4) text",
            about = "the field of this number between delimiters, counted from the end if it is negative",
            example = "split_part('a,b,c', ',', -1)")
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
    @Sql(
            value = "left(text, int4) text",
            about = "the first characters; all but the last ones for a negative number",
            example = "left('millrace', 4)",
            mayFail = false)
    public static String left(String text, int count) {
        return slice(text, 0, count >= 0 ? count : (long) length(text) + count);
    }

    /** A negative count leaves characters out at the front, but the smallest one none: it has no opposite. */
    @Sql(
            value = "right(text, int4) text",
            about = "the last characters; all but the first ones for a negative number",
            example = "right('millrace', -4)",
            mayFail = false)
    public static String right(String text, int count) {
        int length = length(text);
        return slice(text, count >= 0 ? (long) length - count : -count, length);
    }

    @Sql(
            value = "btrim(text, text) text",
            about = "without such characters at both ends; also trim(BOTH b FROM a)",
            example = "btrim('xxabx', 'x')",
            mayFail = false)
    public static String trimBoth(String text, String characters) {
        return trimTrailing(trimLeading(text, characters), characters);
    }

    @Sql(
            value = "ltrim(text, text) text",
            about = "without such characters at the start; also trim(LEADING b FROM a)",
            example = "ltrim('xxabx', 'x')",
            mayFail = false)
    public static String trimLeading(String text, String characters) {
        int from = 0;
        while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        return text.substring(from);
    }

    @Sql(
            value = "rtrim(text, text) text",
            about = "without such characters at the end; also trim(TRAILING b FROM a)",
            example = "rtrim('xxabx', 'x')",
            mayFail = false)
    public static String trimTrailing(String text, String characters) {
        int to = text.length();
        while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(0, to);
    }

    @Sql(value = "btrim(text) text", about = "without blanks at both ends", example = "btrim('  ab ')", mayFail = false)
    public static String trimBoth(String text) {
        return trimBoth(text, " ");
    }

    @Sql(value = "ltrim(text) text", about = "without blanks at the start", example = "ltrim('  ab')", mayFail = false)
    public static String trimLeading(String text) {
        return trimLeading(text, " ");
    }

    @Sql(value = "rtrim(text) text", about = "without blanks at the end", example = "rtrim('ab  ')", mayFail = false)
    public static String trimTrailing(String text) {
        return trimTrailing(text, " ");
    }

    @Sql(
            value = "initcap(text) text",
            about = "each word with a capital letter first and small ones after it",
            example = "initcap('hello WORLD')",
            mayFail = false)
    public static String initcap(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            mapped.appendCodePoint(inWord ? Character.toLowerCase(character) : Character.toTitleCase(character));
            inWord = Character.isAlphabetic(character) || (character >= '0' && character <= '9');
        }
        return mapped.toString();
    }

    @Sql(
            value = "starts_with(text, text) bool",
            about = "whether the first text begins with the second",
            example = "starts_with('millrace', 'mill')",
            mayFail = false)
    public static boolean startsWith(String text, String prefix) {
        return text.startsWith(prefix);
    }

    @Sql(
            value = "ascii(text) int4",
            about = "the code of the first character, 0 if there is none",
            example = "ascii('é')",
            mayFail = false)
    public static int ascii(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    @Sql(
            value = "octet_length(text) int4",
            about = "the number of bytes in UTF-8",
            example = "octet_length('Größe')",
            mayFail = false)
    public static int octetLength(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Sql(
            value = "bit_length(text) int4",
            about = "the number of bits in UTF-8",
            example = "bit_length('Größe')",
            mayFail = false)
    public static int bitLength(String text) {
        return Byte.SIZE * octetLength(text);
    }

    @Sql(
            value = "reverse(text) text",
            about = "the characters in the opposite order",
            example = "reverse('abc')",
            mayFail = false)
    public static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Sql(
            value = "translate(text, text, text) text",
            about =
                    "each character that is in the second text replaced by the one in its place in the third, or left out",
            example = "translate('12345', '143', 'ax')",
            mayFail = false)
    public static String translate(String text, String from, String to) {
        int[] wanted = from.codePoints().toArray();
        int[] replacements = to.codePoints().toArray();
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int at = 0;
            while (at < wanted.length && wanted[at] != character) {
                at++;
            }
            if (at == wanted.length) {
                translated.appendCodePoint(character);
            } else if (at < replacements.length) {
                translated.appendCodePoint(replacements[at]);
            }
        });
        return translated.toString();
    }

    @Sql(
            value = "overlay(text, text, int4) text",
            about = "the first text with the second over it from a position on; also overlay(a PLACING b FROM n)",
            example = "overlay('Txxxxas' PLACING 'hom' FROM 2)")
    public static String overlay(String text, String replacement, int start) {
        return overlay(text, replacement, start, length(replacement));
    }

    @Sql(
            value = "overlay(text, text, int4, int4) text",
            about = "the same with the second in the place of so many characters",
            example = "overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4)")
    public static String overlay(String text, String replacement, int start, int count) {
        if (start <= 0) {
            throw DataErrors.of("negative substring length not allowed");
        }
        int end = IntegerArithmetic.add(start, count);
        return substring(text, 1, start - 1) + replacement + substring(text, end);
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
