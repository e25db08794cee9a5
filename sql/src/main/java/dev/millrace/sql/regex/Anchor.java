package dev.millrace.sql.regex;

import org.jspecify.annotations.Nullable;

/** A condition on a place of a text. */
enum Anchor {
    TEXT_START("\\A"),
    TEXT_END("\\z"),
    LINE_START("(?m:^)"),
    LINE_END("(?m:$)"),
    WORD_START(null),
    WORD_END(null),
    WORD_EDGE(null),
    NO_WORD_EDGE(null);

    /** As RE2 knows it; null if it does not: its words are those of ASCII. */
    final @Nullable String re2;

    Anchor(@Nullable String re2) {
        this.re2 = re2;
    }

    boolean holds(String text, int at) {
        return switch (this) {
            case TEXT_START -> at == 0;
            case TEXT_END -> at == text.length();
            case LINE_START -> at == 0 || text.charAt(at - 1) == '\n';
            case LINE_END -> at == text.length() || text.charAt(at) == '\n';
            case WORD_START -> !isWordBefore(text, at) && isWordBehind(text, at);
            case WORD_END -> isWordBefore(text, at) && !isWordBehind(text, at);
            case WORD_EDGE -> isWordBefore(text, at) != isWordBehind(text, at);
            case NO_WORD_EDGE -> isWordBefore(text, at) == isWordBehind(text, at);
        };
    }

    private static boolean isWordBefore(String text, int at) {
        return at > 0 && CharacterSet.WORD.has(text.codePointBefore(at));
    }

    private static boolean isWordBehind(String text, int at) {
        return at < text.length() && CharacterSet.WORD.has(text.codePointAt(at));
    }
}
