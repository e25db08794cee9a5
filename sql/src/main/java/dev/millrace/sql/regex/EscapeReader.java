package dev.millrace.sql.regex;

import org.jspecify.annotations.Nullable;

/** What stands behind a backslash, as RE2 writes it. */
final class EscapeReader {
    private static final int MAX_HEX_DIGITS = 6;
    private static final int CONTROL = 0x1f;

    private final String source;
    private final char kind;
    private int at;

    EscapeReader(String source, int backslash) {
        if (backslash + 1 == source.length()) {
            throw invalid();
        }
        this.source = source;
        this.kind = source.charAt(backslash + 1);
        this.at = backslash + 2;
    }

    /** The position behind it. */
    int end() {
        return at;
    }

    /** The condition on a place that it is; null if it stands for characters. */
    @Nullable
    Anchor anchor() {
        return switch (kind) {
            case 'A' -> Anchor.TEXT_START;
            case 'Z' -> Anchor.TEXT_END;
            case 'm' -> Anchor.WORD_START;
            case 'M' -> Anchor.WORD_END;
            case 'y' -> Anchor.WORD_EDGE;
            case 'Y' -> Anchor.NO_WORD_EDGE;
            default -> null;
        };
    }

    String inBrackets() {
        return switch (kind) {
            case 'd' -> "0-9";
            case 's' -> CharacterSet.BLANKS;
            case 'w' -> CharacterSet.WORD_CHARACTERS;
            default -> character();
        };
    }

    String outsideOfBrackets() {
        return switch (kind) {
            case 'd' -> "[0-9]";
            case 's' -> "[" + CharacterSet.BLANKS + "]";
            case 'w' -> "[" + CharacterSet.WORD_CHARACTERS + "]";
            case 'D' -> "[^0-9]";
            case 'S' -> "[^" + CharacterSet.BLANKS + "]";
            case 'W' -> "[^" + CharacterSet.WORD_CHARACTERS + "]";
            case 'B' -> "\\\\";
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> throw RegexErrors.unsupported("back references");
            default -> character();
        };
    }

    private String character() {
        boolean word = kind < 128 && Character.isLetterOrDigit(kind);
        if (!word) {
            if (Character.isHighSurrogate(kind) && at < source.length()) {
                return "\\x{" + Integer.toHexString(source.codePointAt(at++ - 1)) + "}";
            }
            return "\\x{" + Integer.toHexString(kind) + "}";
        }
        return switch (kind) {
            case 'a' -> "\\a";
            case 'f', 'n', 'r', 't', 'v' -> "\\" + kind;
            case 'b' -> "\\x08";
            case 'e' -> "\\x1b";
            case '0' -> "\\x00";
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            case 'x' -> hexOfAnyLength();
            case 'c' -> control();
            default -> throw invalid();
        };
    }

    private String hex(int digits) {
        int end = at + digits;
        boolean fits = end <= source.length()
                && source.substring(at, end).chars().allMatch(digit -> Character.digit(digit, 16) >= 0);
        if (!fits) {
            throw invalid();
        }
        String hex = source.substring(at, end);
        at = end;
        return "\\x{" + hex + "}";
    }

    private String hexOfAnyLength() {
        int end = at;
        while (end < source.length() && Character.digit(source.charAt(end), 16) >= 0) {
            end++;
        }
        String digits = source.substring(at, end).replaceFirst("^0+(?=.)", "");
        if (end == at || digits.length() > MAX_HEX_DIGITS) {
            throw invalid();
        }
        at = end;
        return "\\x{" + digits + "}";
    }

    /** {@code \cX}: the character with the last five bits of X. */
    private String control() {
        if (at == source.length()) {
            throw invalid();
        }
        return "\\x{" + Integer.toHexString(source.charAt(at++) & CONTROL) + "}";
    }

    private static RuntimeException invalid() {
        return RegexErrors.invalid("invalid escape \\ sequence");
    }
}
