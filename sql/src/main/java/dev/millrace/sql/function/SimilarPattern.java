package dev.millrace.sql.function;

import org.jspecify.annotations.Nullable;

/** The pattern of {@code SIMILAR TO} as a regular expression, as Postgres writes it. */
public final class SimilarPattern {
    private static final int NO_ESCAPE = -1;

    private final String pattern;
    private final int escape;
    private final StringBuilder expression = new StringBuilder("^(?:");
    private boolean escaped;
    private int quotes;
    /** How deep in brackets, and how far behind the outermost opening one: 1 right behind it, 2 behind a caret, 3 else. */
    private int depth;

    private int inBrackets;

    private SimilarPattern(String pattern, int escape) {
        this.pattern = pattern;
        this.escape = escape;
    }

    @Sql(
            value = "similar_to_escape(text) text",
            about = "a pattern of SIMILAR TO as a regular expression",
            example = "similar_to_escape('a%(b|c)_')")
    public static String toRegex(String pattern) {
        return new SimilarPattern(pattern, '\\').expression();
    }

    @Sql(
            value = "similar_to_escape(text, text) text",
            about = "the same with another escape character, or with none if it is empty",
            example = "similar_to_escape('a#%', '#')")
    public static String toRegex(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw DataErrors.of("invalid escape string");
        }
        return new SimilarPattern(pattern, escape.isEmpty() ? NO_ESCAPE : escape.codePointAt(0)).expression();
    }

    @Sql(
            value = "substring(text, text, text) text",
            about = "what a pattern of SIMILAR TO matches between two escapes with a quotation mark",
            example = "substring('foobar' SIMILAR '%#\"o_b#\"%' ESCAPE '#')",
            strict = false,
            nullable = true)
    public static @Nullable String substring(@Nullable String text, @Nullable String pattern, @Nullable String escape) {
        if (pattern == null || escape == null) {
            return null;
        }
        String expression = toRegex(pattern, escape);
        return text == null ? null : RegexPlaces.substring(text, expression);
    }

    private String expression() {
        pattern.codePoints().forEach(this::append);
        return expression.append(")$").toString();
    }

    private void append(int character) {
        if (escaped) {
            escaped = false;
            if (character == '"' && depth == 0) {
                separate();
            } else {
                expression.append('\\').appendCodePoint(character);
            }
        } else if (character == escape) {
            escaped = true;
        } else if (depth > 0) {
            appendInBrackets(character);
        } else {
            switch (character) {
                case '[' -> {
                    expression.append('[');
                    depth = 1;
                    inBrackets = 1;
                }
                case '%' -> expression.append(".*");
                case '_' -> expression.append('.');
                case '(' -> expression.append("(?:");
                case '\\', '.', '^', '$' -> expression.append('\\').appendCodePoint(character);
                default -> expression.appendCodePoint(character);
            }
        }
    }

    private void appendInBrackets(int character) {
        expression.append(character == '\\' ? "\\" : "").appendCodePoint(character);
        if (character == ']' && inBrackets > 2) {
            depth--;
        } else if (character == '[') {
            depth++;
        }
        inBrackets = character == '^' ? inBrackets + 1 : 3;
    }

    /** What is before, between and behind the separators are parts of their own, of which the first is as short as it can be. */
    private void separate() {
        expression.append(
                switch (quotes++) {
                    case 0 -> "){1,1}?(";
                    case 1 -> "){1,1}(?:";
                    default ->
                        throw DataErrors.of(
                                "SQL regular expression may not contain more than two escape-double-quote separators");
                });
    }
}
