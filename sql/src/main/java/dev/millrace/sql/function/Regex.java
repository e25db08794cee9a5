package dev.millrace.sql.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/**
 * Postgres's advanced regular expressions, written as those of RE2, which finds the same longest matches in a time that grows with the text alone. What RE2 has none of is refused: back references,
 * looking ahead and behind, the beginning and end of words, collating elements.
 */
final class Regex {
    private static final Pattern BOUNDS = Pattern.compile("\\{\\d+(,\\d*)?\\}");
    private static final String LETTERS = "\\p{L}\\p{Nl}\\p{M}";

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private int at;

    private Regex(String source) {
        this.source = source;
    }

    /** @throws MillraceException {@code DATA_ERROR} if it is none, {@code UNSUPPORTED_SQL} if it has what RE2 has not */
    static Pattern compile(String expression, boolean ignoreCase) {
        String translated = new Regex(expression).translate();
        int flags = Pattern.DOTALL | Pattern.LONGEST_MATCH | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        try {
            return Pattern.compile(translated, flags);
        } catch (PatternSyntaxException e) {
            throw DataErrors.of("invalid regular expression: " + e.getDescription());
        }
    }

    private String translate() {
        if (source.startsWith("***")
                || (source.startsWith("(?") && source.length() > 2 && Character.isLetter(source.charAt(2)))) {
            throw unsupported("options at its beginning");
        }
        while (at < source.length()) {
            char next = source.charAt(at);
            switch (next) {
                case '\\' -> escape(false);
                case '[' -> bracket();
                case '(' -> group();
                case '{' -> brace();
                default -> {
                    target.append(next);
                    at++;
                }
            }
        }
        return target.toString();
    }

    private void group() {
        if (source.startsWith("(?", at) && !source.startsWith("(?:", at)) {
            throw unsupported("looking ahead or behind");
        }
        target.append(source.startsWith("(?:", at) ? "(?:" : "(");
        at += source.startsWith("(?:", at) ? 3 : 1;
    }

    /** A brace is one of a quantifier only if a digit follows. */
    private void brace() {
        boolean quantifier = at + 1 < source.length() && isDigit(source.charAt(at + 1));
        if (quantifier && !BOUNDS.matcher(source.substring(at)).lookingAt()) {
            throw DataErrors.of("invalid regular expression: braces {} not balanced");
        }
        target.append(quantifier ? "{" : "\\{");
        at++;
    }

    private void escape(boolean inBracket) {
        if (at + 1 == source.length()) {
            throw DataErrors.of("invalid regular expression: invalid escape \\ sequence");
        }
        char kind = source.charAt(at + 1);
        at += 2;
        if (!Character.isLetterOrDigit(kind)) {
            target.append('\\').append(kind);
            return;
        }
        switch (kind) {
            case 'd' -> target.append("\\d");
            case 's' -> target.append(inBracket ? "\\s\\v\\x{85}\\p{Z}" : "[\\s\\v\\x{85}\\p{Z}]");
            case 'w' -> target.append(inBracket ? LETTERS + "0-9_" : "[" + LETTERS + "0-9_]");
            case 'a' -> target.append("\\a");
            case 'f', 'n', 'r', 't', 'v' -> target.append('\\').append(kind);
            case 'b' -> target.append("\\x08");
            case 'e' -> target.append("\\x1b");
            case '0' -> target.append("\\x00");
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            default -> outsideOfBrackets(kind, inBracket);
        }
    }

    private void outsideOfBrackets(char kind, boolean inBracket) {
        if (inBracket) {
            throw DataErrors.of("invalid regular expression: invalid escape \\ sequence");
        }
        switch (kind) {
            case 'D' -> target.append("\\D");
            case 'S' -> target.append("[^\\s\\v\\x{85}\\p{Z}]");
            case 'W' -> target.append("[^" + LETTERS + "0-9_]");
            case 'A' -> target.append("\\A");
            case 'Z' -> target.append("\\z");
            case 'B' -> target.append("\\\\");
            case 'm', 'M', 'y', 'Y' -> throw unsupported("the beginning and end of words");
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> throw unsupported("back references");
            case 'x', 'c' -> throw unsupported("\\" + kind);
            default -> throw DataErrors.of("invalid regular expression: invalid escape \\ sequence");
        }
    }

    private void hex(int digits) {
        int end = at + digits;
        boolean fits = end <= source.length()
                && source.substring(at, end).chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
        if (!fits) {
            throw DataErrors.of("invalid regular expression: invalid escape \\ sequence");
        }
        target.append("\\x{").append(source, at, end).append('}');
        at = end;
    }

    private void bracket() {
        target.append('[');
        at++;
        if (at < source.length() && source.charAt(at) == '^') {
            target.append('^');
            at++;
        }
        boolean first = true;
        while (at < source.length() && (first || source.charAt(at) != ']')) {
            first = false;
            char next = source.charAt(at);
            if (source.startsWith("[:", at)) {
                characterClass();
            } else if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
                throw unsupported("collating elements");
            } else if (next == '\\') {
                escape(true);
            } else {
                target.append("[]^&~|".indexOf(next) >= 0 ? "\\" : "").append(next);
                at++;
            }
        }
        if (at >= source.length()) {
            throw DataErrors.of("invalid regular expression: brackets [] not balanced");
        }
        target.append(']');
        at++;
    }

    private void characterClass() {
        int end = source.indexOf(":]", at);
        String name = end < 0 ? "" : source.substring(at + 2, end);
        target.append(
                switch (name) {
                    case "alpha" -> LETTERS;
                    case "digit" -> "0-9";
                    case "alnum" -> LETTERS + "0-9";
                    case "word" -> LETTERS + "0-9_";
                    case "lower" -> "\\p{Ll}";
                    case "upper" -> "\\p{Lu}";
                    case "space" -> "\\s\\v\\x{85}\\p{Z}";
                    case "blank" -> " \\t";
                    case "xdigit" -> "0-9A-Fa-f";
                    case "ascii" -> "\\x00-\\x7f";
                    case "punct", "graph", "print", "cntrl", "<", ">" -> throw unsupported("[:" + name + ":]");
                    default -> throw DataErrors.of("invalid regular expression: invalid character class");
                });
        at = end + 2;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static MillraceException unsupported(String what) {
        return new MillraceException(
                ErrorCode.DATA_ERROR, "a regular expression with " + what + " cannot be kept live yet");
    }
}
