package dev.millrace.sql.function;

import dev.millrace.sql.regex.Regex;
import dev.millrace.sql.regex.RegexOptions;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Whether a regular expression matches somewhere in a text. Patterns that were compiled last are kept. */
public final class RegexOperators {
    private static final int CACHE_SIZE = 256;
    private static final AtomicReferenceArray<Compiled> CACHE = new AtomicReferenceArray<>(CACHE_SIZE);

    private RegexOperators() {}

    private record Compiled(String expression, RegexOptions options, Regex regex) {}

    @Sql(
            value = "~(text, text) bool",
            about = "whether the regular expression matches somewhere",
            example = "'Thomas' ~ '^T.*s$'")
    public static boolean matches(String text, String expression) {
        return regex(expression, RegexOptions.NONE).isIn(text);
    }

    @Sql(
            value = "~*(text, text) bool",
            about = "whether the regular expression matches somewhere, whatever the case",
            example = "'Thomas' ~* 'THO'")
    public static boolean matchesIgnoringCase(String text, String expression) {
        return regex(expression, RegexOptions.IGNORE_CASE).isIn(text);
    }

    @Sql(
            value = "!~(text, text) bool",
            about = "whether the regular expression matches nowhere",
            example = "'Thomas' !~ 'x'")
    public static boolean differs(String text, String expression) {
        return !matches(text, expression);
    }

    @Sql(
            value = "!~*(text, text) bool",
            about = "whether the regular expression matches nowhere, whatever the case",
            example = "'Thomas' !~* 'X'")
    public static boolean differsIgnoringCase(String text, String expression) {
        return !matchesIgnoringCase(text, expression);
    }

    /** Threads may race here: what one overwrites is only compiled again. */
    static Regex regex(String expression, RegexOptions options) {
        int slot = Math.floorMod(31 * expression.hashCode() + options.hashCode(), CACHE_SIZE);
        Compiled compiled = CACHE.get(slot);
        if (compiled == null || !compiled.options.equals(options) || !compiled.expression.equals(expression)) {
            compiled = new Compiled(expression, options, Regex.compile(expression, options));
            CACHE.set(slot, compiled);
        }
        return compiled.regex;
    }
}
