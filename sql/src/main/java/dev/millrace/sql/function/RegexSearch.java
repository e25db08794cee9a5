package dev.millrace.sql.function;

import dev.millrace.sql.regex.Match;
import dev.millrace.sql.regex.Regex;
import dev.millrace.sql.regex.RegexOptions;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression and a text that it is looked for in.
 *
 * @param global whether the option g was given
 */
public record RegexSearch(Regex regex, String text, boolean global) {
    public static RegexSearch of(String text, String expression, String options) {
        boolean global = options.indexOf('g') >= 0;
        RegexOptions others = options.isEmpty() ? RegexOptions.NONE : RegexOptions.parse(options.replace("g", ""));
        return new RegexSearch(RegexOperators.regex(expression, others), text, global);
    }

    /** The same for a function that looks for one match, or for all of them whatever the options. */
    public static RegexSearch ofOne(String function, String text, String expression, String options) {
        RegexSearch search = of(text, expression, options);
        if (search.global) {
            throw DataErrors.of(function + "() does not support the \"global\" option");
        }
        return search;
    }

    /** The match with this number, from 1, at or behind a place; null if there are fewer. */
    @Nullable
    Match nth(int number, int from) {
        Match[] found = new Match[1];
        int[] left = {number};
        each(from, match -> {
            found[0] = match;
            return --left[0] > 0;
        });
        return left[0] == 0 ? found[0] : null;
    }

    /** Gives one match after another, as long as the next one is wanted. Behind an empty one the search goes on a character later. */
    public void each(int from, Predicate<Match> isNextWanted) {
        int at = from;
        while (at <= text.length()) {
            Match match = regex.find(text, at);
            if (match == null || !isNextWanted.test(match)) {
                return;
            }
            at = match.end() + (match.isEmpty() ? charCount(match.end()) : 0);
        }
    }

    private int charCount(int at) {
        return at < text.length() ? Character.charCount(text.codePointAt(at)) : 1;
    }

    /** The place of a character by its number from 1; behind the end if there are fewer. */
    int place(int start) {
        if (start <= 0) {
            throw DataErrors.of("invalid value for parameter \"start\": " + start);
        }
        int length = text.codePointCount(0, text.length());
        return start - 1 > length ? text.length() + 1 : text.offsetByCodePoints(0, start - 1);
    }
}
