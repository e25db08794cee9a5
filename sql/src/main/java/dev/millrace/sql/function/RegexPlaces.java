package dev.millrace.sql.function;

import dev.millrace.sql.regex.Match;
import org.jspecify.annotations.Nullable;

/** The match of a regular expression with a number, or what a group of it captures: its text, or its place. */
public final class RegexPlaces {
    private RegexPlaces() {}

    @Sql(
            value = "regexp_substr(text, text) text",
            about = "the first match",
            example = "regexp_substr('number of your street', '[^ ]+')",
            nullable = true)
    public static @Nullable String text(String text, String expression) {
        return text(text, expression, 1, 1, "", 0);
    }

    @Sql(
            value = "regexp_substr(text, text, int4) text",
            about = "the first match from a character on",
            example = "regexp_substr('number of your street', '[^ ]+', 9)",
            nullable = true)
    public static @Nullable String text(String text, String expression, int start) {
        return text(text, expression, start, 1, "", 0);
    }

    @Sql(
            value = "regexp_substr(text, text, int4, int4) text",
            about = "the match with a number, from 1",
            example = "regexp_substr('number of your street', '[^ ]+', 1, 3)",
            nullable = true)
    public static @Nullable String text(String text, String expression, int start, int number) {
        return text(text, expression, start, number, "", 0);
    }

    @Sql(
            value = "regexp_substr(text, text, int4, int4, text) text",
            about = "the same with options",
            example = "regexp_substr('ABCabc', 'b', 1, 2, 'i')",
            nullable = true)
    public static @Nullable String text(String text, String expression, int start, int number, String options) {
        return text(text, expression, start, number, options, 0);
    }

    @Sql(
            value = "regexp_substr(text, text, int4, int4, text, int4) text",
            about = "what a group of that match captures, the whole being 0",
            example = "regexp_substr('foobarbaz', 'b(..)', 1, 2, '', 1)",
            nullable = true)
    public static @Nullable String text(
            String text, String expression, int start, int number, String options, int group) {
        Match match = found("regexp_substr", text, expression, start, number, options, group);
        return match == null ? null : match.text(text, group);
    }

    @Sql(
            value = "regexp_instr(text, text) int4",
            about = "where the first match begins, from 1; 0 if there is none",
            example = "regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i')")
    public static int place(String text, String expression) {
        return place(text, expression, 1, 1, 0, "", 0);
    }

    @Sql(
            value = "regexp_instr(text, text, int4) int4",
            about = "the same from a character on",
            example = "regexp_instr('number of your street', 'r', 7)")
    public static int place(String text, String expression, int start) {
        return place(text, expression, start, 1, 0, "", 0);
    }

    @Sql(
            value = "regexp_instr(text, text, int4, int4) int4",
            about = "where the match with a number begins",
            example = "regexp_instr('number of your street', 'r', 1, 2)")
    public static int place(String text, String expression, int start, int number) {
        return place(text, expression, start, number, 0, "", 0);
    }

    @Sql(
            value = "regexp_instr(text, text, int4, int4, int4) int4",
            about = "the same with 0, with 1 the place behind it",
            example = "regexp_instr('number of your street', 'r', 1, 2, 1)")
    public static int place(String text, String expression, int start, int number, int behind) {
        return place(text, expression, start, number, behind, "", 0);
    }

    @Sql(
            value = "regexp_instr(text, text, int4, int4, int4, text) int4",
            about = "the same with options",
            example = "regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i')")
    public static int place(String text, String expression, int start, int number, int behind, String options) {
        return place(text, expression, start, number, behind, options, 0);
    }

    @Sql(
            value = "regexp_instr(text, text, int4, int4, int4, text, int4) int4",
            about = "the place of what a group of that match captures",
            example = "regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i', 2)")
    public static int place(
            String text, String expression, int start, int number, int behind, String options, int group) {
        if (behind != 0 && behind != 1) {
            throw DataErrors.of("invalid value for parameter \"endoption\": " + behind);
        }
        Match match = found("regexp_instr", text, expression, start, number, options, group);
        int place = match == null ? -1 : behind == 1 ? match.end(group) : match.start(group);
        return place < 0 ? 0 : text.codePointCount(0, place) + 1;
    }

    private static @Nullable Match found(
            String function, String text, String expression, int start, int number, String options, int group) {
        RegexSearch search = RegexSearch.ofOne(function, text, expression, options);
        int place = search.place(start);
        if (number <= 0) {
            throw DataErrors.of("invalid value for parameter \"n\": " + number);
        }
        if (group < 0) {
            throw DataErrors.of("invalid value for parameter \"subexpr\": " + group);
        }
        return search.nth(number, place);
    }

    @Sql(
            value = "substring(text, text) text",
            about =
                    "what the first group of a regular expression's first match captures, or the match if there is no group",
            example = "substring('Thomas' FROM '...$')",
            nullable = true)
    public static @Nullable String substring(String text, String expression) {
        RegexSearch search = RegexSearch.of(text, expression, "");
        Match match = search.regex().find(text, 0);
        return match == null ? null : match.text(text, search.regex().groups() == 0 ? 0 : 1);
    }
}
