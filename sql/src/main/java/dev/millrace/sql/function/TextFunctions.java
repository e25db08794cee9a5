package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of text. Positions and lengths count characters (code points) from 1. */
enum TextFunctions implements Function {
    UPPER,
    LOWER,
    LENGTH,
    CONCAT_OPERATOR,
    SUBSTRING,
    POSITION,
    STRPOS,
    REPLACE,
    LEFT,
    RIGHT,
    TRIM_BOTH,
    TRIM_LEADING,
    TRIM_TRAILING;

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        String text = (String) Objects.requireNonNull(arguments[0], "a strict function got a null");
        return switch (this) {
            case UPPER -> mapped(text, Character::toUpperCase);
            case LOWER -> mapped(text, Character::toLowerCase);
            case LENGTH -> length(text);
            case CONCAT_OPERATOR -> text + second(arguments);
            case SUBSTRING -> substring(text, arguments);
            case POSITION -> position(second(arguments), text);
            case STRPOS -> position(text, second(arguments));
            case REPLACE ->
                second(arguments).isEmpty() ? text : text.replace(second(arguments), String.valueOf(arguments[2]));
            case LEFT -> left(text, (Integer) arguments[1]);
            case RIGHT -> right(text, (Integer) arguments[1]);
            case TRIM_BOTH -> trim(text, second(arguments), true, true);
            case TRIM_LEADING -> trim(text, second(arguments), true, false);
            case TRIM_TRAILING -> trim(text, second(arguments), false, true);
        };
    }

    private static String second(@Nullable Object[] arguments) {
        return String.valueOf(arguments[1]);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** From {@code start}, which may lie before the text, {@code count} characters of it or all. */
    private static String substring(String text, @Nullable Object[] arguments) {
        long start = (Integer) arguments[1];
        long end = Long.MAX_VALUE;
        if (arguments.length > 2) {
            long count = (Integer) arguments[2];
            if (count < 0) {
                throw DataErrors.of("negative substring length not allowed");
            }
            end = start + count;
        }
        return slice(text, start - 1, end - 1);
    }

    /** The characters from {@code from} to before {@code to}, both moved into the text. */
    private static String slice(String text, long from, long to) {
        int length = length(text);
        int first = Math.clamp(from, 0, length);
        int last = Math.clamp(to, first, length);
        return text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
    }

    private static int position(String text, String wanted) {
        int index = text.indexOf(wanted);
        return index < 0 ? 0 : 1 + text.codePointCount(0, index);
    }

    private static String left(String text, int count) {
        return slice(text, 0, count >= 0 ? count : (long) length(text) + count);
    }

    /** Character by character, as Postgres does it: ß has no capital letter. */
    static String mapped(String text, IntUnaryOperator mapping) {
        return text.codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A negative count leaves characters out at the front, but the smallest one none: it has no opposite. */
    private static String right(String text, int count) {
        int length = length(text);
        return slice(text, count >= 0 ? (long) length - count : -count, length);
    }

    private static String trim(String text, String characters, boolean leading, boolean trailing) {
        int from = 0;
        int to = text.length();
        while (leading && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (trailing && to > from && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }
}
