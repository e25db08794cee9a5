package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and ILIKE: {@code %} stands for any text, {@code _} for one character, and the escape character (a backslash unless
 * another is given) takes the next one literally. Greedy matching with a return to the last {@code %} only, hence O(text × pattern) at worst.
 */
enum LikePattern implements Function {
    LIKE,
    ILIKE;

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        String text = String.valueOf(arguments[0]);
        String pattern = String.valueOf(arguments[1]);
        int escape = arguments.length < 3 ? '\\' : escape(String.valueOf(arguments[2]));
        return this == LIKE
                ? matches(text, pattern, escape)
                : matches(
                        TextFunctions.mapped(text, Character::toLowerCase),
                        TextFunctions.mapped(pattern, Character::toLowerCase),
                        escape);
    }

    private static int escape(String text) {
        if (text.codePointCount(0, text.length()) > 1) {
            throw DataErrors.of("invalid escape string");
        }
        return text.isEmpty() ? -1 : text.codePointAt(0);
    }

    static boolean matches(String text, String pattern, int escape) {
        int[] characters = text.codePoints().toArray();
        int[] pieces = pattern.codePoints().toArray();
        int at = 0;
        int piece = 0;
        int resumeAt = -1;
        int resumePiece = -1;
        while (at < characters.length || piece < pieces.length) {
            if (piece < pieces.length && pieces[piece] == '%' && escape != '%') {
                resumePiece = ++piece;
                resumeAt = at;
                continue;
            }
            int width = at < characters.length ? match(characters[at], pieces, piece, escape) : 0;
            if (width > 0) {
                piece += width;
                at++;
            } else if (resumeAt >= 0 && resumeAt < characters.length) {
                piece = resumePiece;
                at = ++resumeAt;
            } else {
                return false;
            }
        }
        return true;
    }

    /** How many pattern characters match this one character; 0 if they do not. */
    private static int match(int character, int[] pieces, int piece, int escape) {
        if (piece >= pieces.length) {
            return 0;
        }
        if (pieces[piece] == escape) {
            if (piece + 1 >= pieces.length) {
                throw DataErrors.of("LIKE pattern must not end with escape character");
            }
            return pieces[piece + 1] == character ? 2 : 0;
        }
        return pieces[piece] == '_' || pieces[piece] == character ? 1 : 0;
    }
}
