package dev.millrace.sql.function;

import java.util.Arrays;

/**
 * A pattern of LIKE, read once: {@code %} stands for any text, {@code _} for one character, and the escape character takes the next
 * one literally. Greedy matching with a return to the last {@code %} only, hence O(text × pattern) at worst.
 */
final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;
    private static final int ESCAPED_END = -3;

    private final String pattern;
    private final String escape;
    private final boolean caseInsensitive;
    /** Code points, or one of the above. */
    private final int[] pieces;

    /** @param escape one character, or none for a pattern without escapes */
    LikePattern(String pattern, String escape, boolean caseInsensitive) {
        if (TextFunctions.length(escape) > 1) {
            throw DataErrors.of("invalid escape string");
        }
        this.pattern = pattern;
        this.escape = escape;
        this.caseInsensitive = caseInsensitive;
        this.pieces = pieces(
                caseInsensitive ? TextFunctions.lower(pattern) : pattern,
                escape.isEmpty() ? -1 : escape.codePointAt(0));
    }

    private static int[] pieces(String pattern, int escape) {
        int[] characters = pattern.codePoints().toArray();
        int[] pieces = new int[characters.length];
        int count = 0;
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] == escape) {
                i++;
                pieces[count++] = i < characters.length ? characters[i] : ESCAPED_END;
            } else {
                pieces[count++] = switch (characters[i]) {
                    case '%' -> ANY_TEXT;
                    case '_' -> ANY_CHARACTER;
                    default -> characters[i];
                };
            }
        }
        return Arrays.copyOf(pieces, count);
    }

    boolean isOf(String otherPattern, String otherEscape) {
        return pattern.equals(otherPattern) && escape.equals(otherEscape);
    }

    /** Whether all of the text matches. An escape at the pattern's end is an error only if a character of the text gets there. */
    boolean matches(String text) {
        int at = 0;
        int piece = 0;
        int resumeAt = -1;
        int resumePiece = -1;
        while (at < text.length() || piece < pieces.length) {
            if (piece < pieces.length && pieces[piece] == ANY_TEXT) {
                resumePiece = ++piece;
                resumeAt = at;
            } else if (at < text.length() && piece < pieces.length && matches(text.codePointAt(at), pieces[piece])) {
                at += Character.charCount(text.codePointAt(at));
                piece++;
            } else if (resumeAt >= 0 && resumeAt < text.length()) {
                resumeAt += Character.charCount(text.codePointAt(resumeAt));
                at = resumeAt;
                piece = resumePiece;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean matches(int character, int piece) {
        if (piece == ESCAPED_END) {
            throw DataErrors.of("LIKE pattern must not end with escape character");
        }
        return piece == ANY_CHARACTER || piece == (caseInsensitive ? Character.toLowerCase(character) : character);
    }
}
