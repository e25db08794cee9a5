package dev.millrace.sql.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A set of characters, as RE2 writes it, so that both find the same. */
final class CharacterSet {
    private static final String LETTERS = "\\p{L}\\p{Nl}\\p{M}";
    static final String WORD_CHARACTERS = LETTERS + "0-9_";
    static final String BLANKS = "\\s\\v\\x{85}\\p{Z}";
    static final CharacterSet WORD = new CharacterSet("[" + WORD_CHARACTERS + "]", false);
    private static final int ASCII = 128;

    private final String re2;
    private final Pattern pattern;
    private final boolean[] ascii = new boolean[ASCII];

    CharacterSet(String re2, boolean ignoreCase) {
        this.re2 = re2;
        try {
            pattern = Pattern.compile(re2, Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw RegexErrors.invalid(e.getDescription());
        }
        for (int i = 0; i < ASCII; i++) {
            ascii[i] = pattern.matches(Character.toString(i));
        }
    }

    boolean has(int character) {
        return character < ASCII ? ascii[character] : pattern.matches(Character.toString(character));
    }

    @Override
    public String toString() {
        return re2;
    }

    /** The characters of a POSIX class, as they stand in brackets. */
    static String named(String name) {
        return switch (name) {
            case "alpha" -> LETTERS;
            case "digit" -> "0-9";
            case "alnum" -> LETTERS + "0-9";
            case "word" -> WORD_CHARACTERS;
            case "lower" -> "\\p{Ll}";
            case "upper" -> "\\p{Lu}";
            case "space" -> BLANKS;
            case "blank" -> " \\t";
            case "xdigit" -> "0-9A-Fa-f";
            case "ascii" -> "\\x00-\\x7f";
            case "punct", "graph", "print", "cntrl" -> throw RegexErrors.unsupported("[:" + name + ":]");
            default -> throw RegexErrors.invalid("invalid character class");
        };
    }
}
