package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.regex.Match;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What regular expressions find in a text, how often, and what stands between. */
public final class RegexFunctions {
    private RegexFunctions() {}

    @Sql(
            value = "regexp_like(text, text) bool",
            about = "whether the regular expression matches somewhere",
            example = "regexp_like('Hello', 'l+')")
    public static boolean like(String text, String expression) {
        return like(text, expression, "");
    }

    @Sql(
            value = "regexp_like(text, text, text) bool",
            about = "the same with options: i whatever the case, n for lines, q literally, x expanded",
            example = "regexp_like('Hello', 'L', 'i')")
    public static boolean like(String text, String expression, String options) {
        return RegexSearch.ofOne("regexp_like", text, expression, options)
                .regex()
                .isIn(text);
    }

    @Sql(
            value = "regexp_match(text, text) text[]",
            about = "what the groups of the first match capture, or the match if there is no group",
            example = "regexp_match('foobarbeque', '(bar)(beque)')",
            nullable = true)
    public static @Nullable ArrayValue match(String text, String expression) {
        return match(text, expression, "");
    }

    @Sql(
            value = "regexp_match(text, text, text) text[]",
            about = "the same with options",
            example = "regexp_match('Foo', 'f(O)', 'i')",
            nullable = true)
    public static @Nullable ArrayValue match(String text, String expression, String options) {
        RegexSearch search = RegexSearch.ofOne("regexp_match", text, expression, options);
        Match match = search.regex().find(text, 0);
        return match == null ? null : captured(search, match);
    }

    /** What the groups capture, or the whole match if there is none. */
    public static ArrayValue captured(RegexSearch search, Match match) {
        int groups = search.regex().groups();
        @Nullable Object[] captured = new Object[Math.max(groups, 1)];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = match.text(search.text(), groups == 0 ? 0 : i + 1);
        }
        return ArrayValue.owning(DataType.TEXT, captured);
    }

    @Sql(
            value = "regexp_count(text, text) int4",
            about = "how many matches there are",
            example = "regexp_count('ABCABCAXYaxy', 'A.')")
    public static int count(String text, String expression) {
        return count(text, expression, 1, "");
    }

    @Sql(
            value = "regexp_count(text, text, int4) int4",
            about = "the same from a character on",
            example = "regexp_count('123123123', '\\d{3}', 2)")
    public static int count(String text, String expression, int start) {
        return count(text, expression, start, "");
    }

    @Sql(
            value = "regexp_count(text, text, int4, text) int4",
            about = "the same with options",
            example = "regexp_count('ABCABCAXYaxy', 'A.', 1, 'i')")
    public static int count(String text, String expression, int start, String options) {
        RegexSearch search = RegexSearch.ofOne("regexp_count", text, expression, options);
        int[] count = {0};
        search.each(search.place(start), match -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    @Sql(
            value = {
                "regexp_split_to_array(text, text) text[]",
            },
            about = "what stands between the matches",
            example = "regexp_split_to_array('hello  world', '\\s+')")
    public static ArrayValue split(String text, String expression) {
        return split(text, expression, "");
    }

    @Sql(
            value = "regexp_split_to_array(text, text, text) text[]",
            about = "the same with options",
            example = "regexp_split_to_array('1x2X3', 'x', 'i')")
    public static ArrayValue split(String text, String expression, String options) {
        return ArrayValue.owning(
                DataType.TEXT,
                parts(RegexSearch.ofOne("regexp_split_to_array", text, expression, options))
                        .toArray());
    }

    /** What stands between the matches but for empty ones at the start, at the end and just behind another one. */
    public static List<String> parts(RegexSearch search) {
        String text = search.text();
        List<String> parts = new ArrayList<>();
        // Where the last match ends, and where the next part begins.
        int[] ends = {0, 0};
        search.each(0, match -> {
            if (match.start() < text.length() && match.end() > ends[0]) {
                parts.add(text.substring(ends[1], match.start()));
                ends[1] = match.end();
            }
            ends[0] = match.end();
            return true;
        });
        parts.add(text.substring(ends[1]));
        return parts;
    }
}
