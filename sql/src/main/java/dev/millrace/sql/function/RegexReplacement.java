package dev.millrace.sql.function;

import dev.millrace.sql.regex.Match;

/** A text with something else in the place of what a regular expression matches. */
public final class RegexReplacement {
    private RegexReplacement() {}

    @Sql(
            value = "regexp_replace(text, text, text) text",
            about = "with another text for the first match; in it \\1 is what the first group captures, \\& the match",
            example = "regexp_replace('Thomas', '.[mN]a(.)', 'M\\1')")
    public static String replace(String text, String expression, String replacement) {
        return replace(text, expression, replacement, "");
    }

    @Sql(
            value = "regexp_replace(text, text, text, text) text",
            about = "the same with options, of which g is for all matches",
            example = "regexp_replace('foobarbaz', 'b(..)', 'X\\1Y', 'g')")
    public static String replace(String text, String expression, String replacement, String options) {
        RegexSearch search = RegexSearch.of(text, expression, options);
        return replaced(search, replacement, 0, search.global() ? 0 : 1);
    }

    @Sql(
            value = "regexp_replace(text, text, text, int4) text",
            about = "the same for the first match from a character on",
            example = "regexp_replace('A PostgreSQL function', 'o', 'x', 5)")
    public static String replace(String text, String expression, String replacement, int start) {
        return replace(text, expression, replacement, start, 1, "");
    }

    @Sql(
            value = "regexp_replace(text, text, text, int4, int4) text",
            about = "the same for the match with a number, or with 0 for all",
            example = "regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3)")
    public static String replace(String text, String expression, String replacement, int start, int number) {
        return replace(text, expression, replacement, start, number, "");
    }

    @Sql(
            value = "regexp_replace(text, text, text, int4, int4, text) text",
            about = "the same with options",
            example = "regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i')")
    public static String replace(
            String text, String expression, String replacement, int start, int number, String options) {
        RegexSearch search = RegexSearch.of(text, expression, options);
        int place = search.place(start);
        if (number < 0) {
            throw DataErrors.of("invalid value for parameter \"n\": " + number);
        }
        return replaced(search, replacement, place, number);
    }

    /** @param number that of the match, from 1; 0 for all */
    private static String replaced(RegexSearch search, String replacement, int from, int number) {
        String text = search.text();
        StringBuilder result = new StringBuilder();
        int[] copied = {0};
        int[] count = {0};
        search.each(from, match -> {
            count[0]++;
            if (number == 0 || count[0] == number) {
                result.append(text, copied[0], match.start());
                append(result, replacement, text, match);
                copied[0] = match.end();
            }
            return count[0] != number;
        });
        return result.append(text, copied[0], text.length()).toString();
    }

    private static void append(StringBuilder result, String replacement, String text, Match match) {
        int at = 0;
        for (int backslash = replacement.indexOf('\\');
                backslash >= 0 && backslash + 1 < replacement.length();
                backslash = replacement.indexOf('\\', at)) {
            result.append(replacement, at, backslash);
            char kind = replacement.charAt(backslash + 1);
            at = backslash + 2;
            if (kind == '&' || (kind >= '1' && kind <= '9')) {
                String captured = match.text(text, kind == '&' ? 0 : kind - '0');
                result.append(captured == null ? "" : captured);
            } else if (kind == '\\') {
                result.append('\\');
            } else {
                result.append('\\');
                at = backslash + 1;
            }
        }
        result.append(replacement, at, replacement.length());
    }
}
