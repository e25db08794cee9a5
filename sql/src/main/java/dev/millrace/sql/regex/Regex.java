package dev.millrace.sql.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is ready to be matched; immutable. Where it matches first, and longest, RE2 finds; what prefers the shortest match, and what RE2 has none of (words, looking ahead and behind), is found in
 * {@linkplain Reach the tree}, which may take a time of the text's length squared. Back references are refused.
 */
public final class Regex {
    private final Tree tree;
    private final int groups;
    /** Null if RE2 does not know it. */
    private final @Nullable Pattern re2;

    private Regex(Tree tree, int groups, @Nullable Pattern re2) {
        this.tree = tree;
        this.groups = groups;
        this.re2 = re2;
    }

    /**
     * Reads an expression.
     *
     * @throws dev.millrace.error.MillraceException {@code DATA_ERROR} if the text is no expression, or one that is not supported
     */
    public static Regex compile(String expression, RegexOptions options) {
        TreeParser.Parsed parsed = TreeParser.parse(expression, options);
        String text = Re2Text.of(parsed.tree());
        int flags = Pattern.LONGEST_MATCH | (parsed.options().ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
        try {
            Pattern re2 = text == null ? null : Pattern.compile(text, flags);
            return new Regex(parsed.tree(), parsed.groups(), re2);
        } catch (PatternSyntaxException e) {
            throw RegexErrors.invalid(e.getDescription());
        }
    }

    /** How many groups capture. */
    public int groups() {
        return groups;
    }

    /** Whether it matches somewhere. */
    public boolean isIn(String text) {
        return re2 == null ? inTree(text, 0) != null : re2.matcher(text).find();
    }

    /** The first match that begins at a position or behind; null if there is none. */
    public @Nullable Match find(String text, int from) {
        Match whole = re2 == null ? inTree(text, from) : inRe2(re2, text, from);
        return whole == null || groups == 0 ? whole : Dissection.of(tree, text, whole, groups);
    }

    private @Nullable Match inRe2(Pattern pattern, String text, int from) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find(from)) {
            return null;
        }
        int start = matcher.start();
        int end = tree.prefersShortest()
                ? new Reach(text, start, matcher.end()).shortest(tree, start, start)
                : matcher.end();
        return Match.of(start, end);
    }

    private @Nullable Match inTree(String text, int from) {
        for (int start = from; start <= text.length(); start++) {
            boolean halved = start > 0
                    && start < text.length()
                    && Character.isSurrogatePair(text.charAt(start - 1), text.charAt(start));
            if (halved) {
                continue;
            }
            Reach reach = new Reach(text, start, text.length());
            int end = tree.prefersShortest()
                    ? reach.shortest(tree, start, start)
                    : reach.longest(tree, start, text.length());
            if (end >= 0) {
                return Match.of(start, end);
            }
        }
        return null;
    }
}
