package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts that are put together: padded, repeated, joined, quoted. None becomes longer than 16 Mi characters; Postgres's limit is its memory. */
public final class TextBuilding {
    private static final int MAX_LENGTH = 1 << 24;

    private TextBuilding() {}

    @Sql(
            value = "lpad(text, int4) text",
            about = "filled up with blanks at the start, or cut, to a length",
            example = "lpad('ab', 4)")
    public static String lpad(String text, int length) {
        return lpad(text, length, " ");
    }

    @Sql(
            value = "lpad(text, int4, text) text",
            about = "filled up with a text at the start, or cut, to a length",
            example = "lpad('hi', 5, 'xy')")
    public static String lpad(String text, int length, String fill) {
        int missing = missing(text, length, fill);
        return missing <= 0 ? TextFunctions.left(text, Math.max(length, 0)) : filling(fill, missing) + text;
    }

    @Sql(
            value = "rpad(text, int4) text",
            about = "filled up with blanks at the end, or cut, to a length",
            example = "rpad('ab', 4)")
    public static String rpad(String text, int length) {
        return rpad(text, length, " ");
    }

    @Sql(
            value = "rpad(text, int4, text) text",
            about = "filled up with a text at the end, or cut, to a length",
            example = "rpad('hi', 5, 'xy')")
    public static String rpad(String text, int length, String fill) {
        int missing = missing(text, length, fill);
        return missing <= 0 ? TextFunctions.left(text, Math.max(length, 0)) : text + filling(fill, missing);
    }

    private static int missing(String text, int length, String fill) {
        int missing = fill.isEmpty() ? 0 : Math.max(length, 0) - TextFunctions.length(text);
        if (missing > MAX_LENGTH) {
            throw tooLong();
        }
        return missing;
    }

    private static String filling(String fill, int length) {
        int whole = length / TextFunctions.length(fill);
        return fill.repeat(whole) + TextFunctions.left(fill, length % TextFunctions.length(fill));
    }

    @Sql(value = "repeat(text, int4) text", about = "so many times in a row", example = "repeat('ab', 3)")
    public static String repeat(String text, int count) {
        if ((long) text.length() * count > MAX_LENGTH) {
            throw tooLong();
        }
        return text.repeat(Math.max(count, 0));
    }

    private static RuntimeException tooLong() {
        return DataErrors.of("requested length too large");
    }

    @Sql(value = "chr(int4) text", about = "the character with this code", example = "chr(233)")
    public static String chr(int code) {
        if (code <= 0) {
            throw DataErrors.of(code == 0 ? "null character not permitted" : "character number must be positive");
        }
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (code > Character.MAX_CODE_POINT || surrogate) {
            throw DataErrors.of("requested character not valid for encoding: " + code);
        }
        return Character.toString(code);
    }

    @Sql(
            value = "concat(any...) text",
            about = "the texts of all arguments that are not NULL",
            example = "concat('a', NULL, 1, true)",
            mayFail = false,
            strict = false)
    public static String concat(@Nullable String... texts) {
        return Stream.of(texts).filter(Objects::nonNull).collect(Collectors.joining());
    }

    @Sql(
            value = "concat_ws(text, any...) text",
            about = "the same with the first between them; NULL if that is",
            example = "concat_ws(', ', 'a', NULL, 'b')",
            mayFail = false,
            strict = false,
            nullable = true)
    public static @Nullable String concatWithSeparator(@Nullable String separator, @Nullable String... texts) {
        return separator == null
                ? null
                : Stream.of(texts).filter(Objects::nonNull).collect(Collectors.joining(separator));
    }

    @Sql(
            value = "num_nulls(any...) int4",
            about = "how many arguments are NULL",
            example = "num_nulls(1, NULL, 'a')",
            mayFail = false,
            strict = false)
    public static int nulls(@Nullable String... values) {
        return (int) Stream.of(values).filter(Objects::isNull).count();
    }

    @Sql(
            value = "num_nonnulls(any...) int4",
            about = "how many arguments are not NULL",
            example = "num_nonnulls(1, NULL, 'a')",
            mayFail = false,
            strict = false)
    public static int nonNulls(@Nullable String... values) {
        return values.length - nulls(values);
    }

    @Sql(
            value = "quote_literal(text) text",
            about = "as a literal of SQL",
            example = "quote_literal('O''Reilly')",
            mayFail = false)
    public static String quoteLiteral(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    @Sql(
            value = "quote_nullable(text) text",
            about = "as a literal of SQL, NULL as the word",
            example = "quote_nullable(NULL)",
            mayFail = false,
            strict = false)
    public static String quoteNullable(@Nullable String text) {
        return text == null ? "NULL" : quoteLiteral(text);
    }

    @Sql(
            value = "quote_ident(text) text",
            about = "as a name in SQL, quoted where it has to be",
            example = "quote_ident('Foo bar')",
            mayFail = false)
    public static String quoteIdent(String name) {
        return SqlNames.quoted(name);
    }

    @Sql(
            value = "array_to_string(anyarray, text) text",
            about = "the texts of the elements that are not NULL, with a text between them",
            example = "array_to_string(string_to_array('a,b,c', ','), '-')",
            mayFail = false)
    public static String arrayToString(ArrayValue array, String delimiter) {
        return join(array, delimiter, null);
    }

    @Sql(
            value = "array_to_string(anyarray, text, text) text",
            about = "the same with a text for each NULL",
            example = "array_to_string(string_to_array('a,,c', ',', ''), '-', '*')",
            mayFail = false,
            strict = false,
            nullable = true)
    public static @Nullable String arrayToString(
            @Nullable ArrayValue array, @Nullable String delimiter, @Nullable String nulls) {
        return array == null || delimiter == null ? null : join(array, delimiter, nulls);
    }

    private static String join(ArrayValue array, String delimiter, @Nullable String nulls) {
        List<String> texts = new ArrayList<>();
        for (Object element : array.values()) {
            if (element != null) {
                texts.add(OutputText.text(element, array.element()));
            } else if (nulls != null) {
                texts.add(nulls);
            }
        }
        return String.join(delimiter, texts);
    }

    @Sql(
            value = "string_to_array(text, text) text[]",
            about = "the parts between the occurrences of a delimiter; the characters if that is NULL",
            example = "string_to_array('a,b,c', ',')",
            mayFail = false,
            strict = false,
            nullable = true)
    public static @Nullable ArrayValue stringToArray(@Nullable String text, @Nullable String delimiter) {
        return stringToArray(text, delimiter, null);
    }

    @Sql(
            value = "string_to_array(text, text, text) text[]",
            about = "the same with NULL for each part that equals the third text",
            example = "string_to_array('a,,c', ',', '')",
            mayFail = false,
            strict = false,
            nullable = true)
    public static @Nullable ArrayValue stringToArray(
            @Nullable String text, @Nullable String delimiter, @Nullable String nulls) {
        if (text == null) {
            return null;
        }
        Stream<String> parts = text.isEmpty()
                ? Stream.of()
                : delimiter == null
                        ? text.codePoints().mapToObj(Character::toString)
                        : delimiter.isEmpty() ? Stream.of(text) : split(text, delimiter).stream();
        @Nullable
        Object[] values = parts.<@Nullable Object>map(part -> part.equals(nulls) ? null : part)
                .toArray();
        return ArrayValue.owning(DataType.TEXT, values);
    }

    private static List<String> split(String text, String delimiter) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
