package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A statement's text as tokens, of which one is looked at: what the statements around queries are parsed from. The queries and expressions in them are
 * passed over, each as a part of the text for the parser of queries.
 */
final class TokenReader {
    private static final String QUOTE = "'";

    private final SourceText source;
    private final String text;
    private Token token;
    private int previousEnd;

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    /** A token from {@code offset} to {@code end}; words are folded to lower case, of names and strings it is what is quoted. */
    record Token(Kind kind, String text, int offset, int end) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(word);
        }

        String shown() {
            return kind == Kind.END ? "the end" : QUOTE + text + QUOTE;
        }
    }

    TokenReader(SourceText source) {
        this.source = source;
        this.text = source.text();
        this.token = read(0);
    }

    SourceText source() {
        return source;
    }

    Token token() {
        return token;
    }

    /** Where the token before this one ends. */
    int previousEnd() {
        return previousEnd;
    }

    /** The token after this one. */
    Token next() {
        return read(token.end);
    }

    Token advance() {
        Token passed = token;
        previousEnd = token.end;
        token = read(token.end);
        return passed;
    }

    boolean is(String word) {
        return token.is(word);
    }

    boolean accept(String word) {
        if (!token.is(word)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(String word) {
        if (!accept(word)) {
            throw unexpected(word.toUpperCase(Locale.ROOT));
        }
    }

    /** All of these words, if the first is there. */
    boolean acceptAll(String first, String... rest) {
        if (!accept(first)) {
            return false;
        }
        for (String word : rest) {
            expect(word);
        }
        return true;
    }

    Name name(String what) {
        if (token.kind != Kind.WORD && token.kind != Kind.QUOTED) {
            throw unexpected(what);
        }
        Token name = advance();
        return new Name(name.text, name.offset);
    }

    /** A name with dots in it. */
    RelationName relation(String what) {
        Name name = name(what);
        List<String> path = new ArrayList<>();
        path.add(name.text());
        while (accept(".")) {
            path.add(name(what).text());
        }
        return new RelationName(path, name.offset());
    }

    /** An optional semicolon, and nothing more. */
    void end() {
        while (accept(";")) {}
        if (token.kind != Kind.END) {
            throw unexpected("the end of the statement");
        }
    }

    /** Passes over tokens up to one of these words, a comma, a semicolon or a parenthesis that nothing opened, outside of all parentheses. */
    void skipTo(Set<String> words) {
        int depth = 0;
        Token previous = token;
        while (token.kind != Kind.END) {
            if (depth == 0 && ends(previous, words)) {
                return;
            }
            if (is("(") || is("[")) {
                depth++;
            } else if (is(")") || is("]")) {
                depth--;
            }
            previous = advance();
        }
        if (depth > 0) {
            throw unexpected(")");
        }
    }

    /** {@code IS DISTINCT FROM} ends nothing. */
    private boolean ends(Token previous, Set<String> words) {
        boolean word = token.kind == Kind.WORD && words.contains(token.text);
        boolean sign = token.kind == Kind.SIGN && (words.contains(token.text) || is(";") || is(")"));
        return sign || (word && !(is("from") && previous.is("distinct")) && !(is("on") && !isConflict()));
    }

    private boolean isConflict() {
        if (!next().is("conflict")) {
            return false;
        }
        Token after = read(next().end);
        return after.is("(") || after.is("do") || after.is("on");
    }

    MillraceException unexpected(String wanted) {
        return source.errorAt(
                ErrorCode.SYNTAX_ERROR,
                "syntax error: expected " + wanted + " but found " + token.shown(),
                token.offset);
    }

    private MillraceException unfinished(int offset) {
        return source.errorAt(ErrorCode.SYNTAX_ERROR, "syntax error: an unfinished comment or string", offset);
    }

    private Token read(int from) {
        int start = skipBlanks(from);
        if (start == text.length()) {
            return new Token(Kind.END, "", start, start);
        }
        char c = text.charAt(start);
        boolean escapes = (c == 'e' || c == 'E') && start + 1 < text.length() && text.charAt(start + 1) == '\'';
        if (c == '\'' || escapes) {
            int end = quoted(escapes ? start + 1 : start, '\'', escapes);
            String string = text.substring(escapes ? start + 2 : start + 1, end - 1);
            return new Token(Kind.STRING, string.replace("''", QUOTE), start, end);
        }
        if (c == '"') {
            int end = quoted(start, '"', false);
            if (end == start + 2) {
                throw unfinished(start);
            }
            return new Token(Kind.QUOTED, text.substring(start + 1, end - 1).replace("\"\"", "\""), start, end);
        }
        if (c == '$') {
            return dollar(start);
        }
        if (Character.isDigit(c)) {
            int end = after(start, "0123456789");
            return new Token(Kind.NUMBER, text.substring(start, end), start, end);
        }
        if (isNameStart(c)) {
            int end = start;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            return new Token(Kind.WORD, text.substring(start, end).toLowerCase(Locale.ROOT), start, end);
        }
        return new Token(Kind.SIGN, text.substring(start, start + 1), start, start + 1);
    }

    /** A parameter, or a string between dollars. */
    private Token dollar(int start) {
        int end = start + 1;
        while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean tagged = end < text.length()
                && text.charAt(end) == '$'
                && (end == start + 1 || isNameStart(text.charAt(start + 1)));
        if (!tagged) {
            return new Token(Kind.SIGN, text.substring(start, end), start, end);
        }
        String tag = text.substring(start, end + 1);
        int close = text.indexOf(tag, end + 1);
        if (close < 0) {
            throw unfinished(start);
        }
        return new Token(Kind.STRING, text.substring(end + 1, close), start, close + tag.length());
    }

    private int quoted(int start, char quote, boolean escapes) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        throw unfinished(start);
    }

    private int after(int start, String characters) {
        int end = start;
        while (end < text.length() && characters.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                at = afterComment(at);
            } else {
                return at;
            }
        }
        return at;
    }

    private int afterComment(int start) {
        int depth = 0;
        for (int i = start; i < text.length() - 1; i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw unfinished(start);
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || Character.isDigit(c) || c == '$';
    }
}
