package dev.millrace.sql.regex;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/**
 * How an expression is read.
 *
 * @param ignoreCase whether letters stand for both cases
 * @param dotStopsAtLines whether {@code .} and negated brackets leave out line feeds
 * @param anchorsAtLines whether {@code ^} and {@code $} match at line feeds
 * @param literal whether each character stands for itself
 * @param expanded whether blanks and comments do not count
 */
public record RegexOptions(
        boolean ignoreCase, boolean dotStopsAtLines, boolean anchorsAtLines, boolean literal, boolean expanded) {
    public static final RegexOptions NONE = new RegexOptions(false, false, false, false, false);
    public static final RegexOptions IGNORE_CASE = new RegexOptions(true, false, false, false, false);

    /**
     * Options as Postgres's functions take them, a letter each.
     *
     * @throws MillraceException {@code DATA_ERROR} if there is no such option
     */
    public static RegexOptions parse(String letters) {
        return NONE.with(letters);
    }

    RegexOptions with(String letters) {
        RegexOptions options = this;
        for (int i = 0; i < letters.length(); i++) {
            options = options.with(letters.charAt(i));
        }
        return options;
    }

    private RegexOptions with(char letter) {
        return switch (letter) {
            case 'i' -> new RegexOptions(true, dotStopsAtLines, anchorsAtLines, literal, expanded);
            case 'c' -> new RegexOptions(false, dotStopsAtLines, anchorsAtLines, literal, expanded);
            case 'n', 'm' -> new RegexOptions(ignoreCase, true, true, literal, expanded);
            case 'p' -> new RegexOptions(ignoreCase, true, false, literal, expanded);
            case 'w' -> new RegexOptions(ignoreCase, false, true, literal, expanded);
            case 's' -> new RegexOptions(ignoreCase, false, false, literal, expanded);
            case 'q' -> new RegexOptions(ignoreCase, dotStopsAtLines, anchorsAtLines, true, expanded);
            case 'x' -> new RegexOptions(ignoreCase, dotStopsAtLines, anchorsAtLines, literal, true);
            case 't' -> new RegexOptions(ignoreCase, dotStopsAtLines, anchorsAtLines, literal, false);
            case 'b', 'e' -> throw RegexErrors.unsupported("the option \"" + letter + "\"");
            default ->
                throw new MillraceException(
                        ErrorCode.DATA_ERROR, "invalid regular expression option: \"" + letter + "\"");
        };
    }
}
