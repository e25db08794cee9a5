package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ILIKE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LIKE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_STRING;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;
import org.apache.calcite.sql.parser.babel.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the parser's own lexer does not know, before it sees it: blanks and comments, which nest in Postgres; operators such as {@code ->>} and {@code @>}, by Postgres's rules (the longest run
 * of operator characters that no comment begins in; a plus or minus at its end is a sign, unless the run has a character that is of no SQL operator); {@code E'…'} and {@code $$…$$}.
 */
final class OperatorLexer {
    /** The kind of tokens that {@link InfixOperators} writes as calls; the parser has none of it. */
    static final int OPERATOR = -2;

    private static final String CHARACTERS = "+-*/<>=~!@#%^&|`?";
    private static final String OTHER_THAN_SQL = "~!@#%^&|`?";
    private static final Set<String> OPERATORS = Set.of(
            "->", "->>", "#>", "#>>", "#-", "@>", "<@", "?", "?|", "?&", "@?", "@@", "&&", "~", "~*", "!~", "!~*",
            "!~~", "!~~*", "^", "&", "|", "#", "<<", ">>", "^@", "|/", "||/", "@");
    /** What is another way to write a word. */
    private static final Map<String, Integer> WORDS = Map.of("~~", LIKE, "~~*", ILIKE);

    private final SimpleCharStream text;

    OperatorLexer(SimpleCharStream text) {
        this.text = text;
    }

    /** The token that begins here, behind blanks and comments; null if it is one that the parser's lexer reads. */
    @Nullable
    Token next() throws IOException {
        char first = skipBlanks();
        if (CHARACTERS.indexOf(first) >= 0) {
            return operator(first);
        }
        if (first == '$') {
            return dollarQuoted();
        }
        if ((first == 'e' || first == 'E') && peek() == '\'') {
            text.readChar();
            return quoted(EscapedText.read(text));
        }
        text.backup(1);
        return null;
    }

    /** Goes behind the first character that is neither blank nor of a comment. */
    private char skipBlanks() throws IOException {
        while (true) {
            char first = text.BeginToken();
            if (first == '-' && peek() == '-') {
                while (first != '\n' && first != '\r') {
                    first = text.readChar();
                }
            } else if (first == '/' && peek() == '*') {
                skipComment();
            } else if (!Character.isWhitespace(first)) {
                return first;
            }
        }
    }

    private void skipComment() throws IOException {
        text.readChar();
        int depth = 1;
        while (depth > 0) {
            char next = text.readChar();
            if (next == '*' && peek() == '/') {
                text.readChar();
                depth--;
            } else if (next == '/' && peek() == '*') {
                text.readChar();
                depth++;
            }
        }
    }

    private @Nullable Token operator(char first) throws IOException {
        StringBuilder run = new StringBuilder().append(first);
        for (char next = peek(); CHARACTERS.indexOf(next) >= 0; next = peek()) {
            text.readChar();
            boolean comment = (next == '-' && peek() == '-') || (next == '/' && peek() == '*');
            if (comment) {
                text.backup(1);
                break;
            }
            run.append(next);
        }
        int length = run.length();
        boolean other = run.chars().anyMatch(character -> OTHER_THAN_SQL.indexOf(character) >= 0);
        while (!other && length > 1 && (run.charAt(length - 1) == '+' || run.charAt(length - 1) == '-')) {
            length--;
        }
        String operator = run.substring(0, length);
        text.backup(run.length() - length);
        if (OPERATORS.contains(operator)) {
            return token(OPERATOR, operator);
        }
        if (WORDS.containsKey(operator)) {
            return token(WORDS.get(operator), operator);
        }
        text.backup(length);
        return null;
    }

    /** {@code $tag$…$tag$}; null if it is a parameter or a name. */
    private @Nullable Token dollarQuoted() throws IOException {
        StringBuilder tag = new StringBuilder("$");
        char next = peek();
        while (next == '_' || Character.isLetter(next) || (tag.length() > 1 && Character.isDigit(next))) {
            tag.append(text.readChar());
            next = peek();
        }
        if (next != '$') {
            text.backup(tag.length());
            return null;
        }
        tag.append(text.readChar());
        StringBuilder content = new StringBuilder();
        while (content.length() < tag.length()
                || content.lastIndexOf(tag.toString()) != content.length() - tag.length()) {
            content.append(text.readChar());
        }
        return quoted(content.substring(0, content.length() - tag.length()));
    }

    private Token quoted(String content) {
        return token(QUOTED_STRING, "'" + content.replace("'", "''") + "'");
    }

    private Token token(int kind, String image) {
        Token token = new Token();
        token.kind = kind;
        token.image = image;
        token.beginLine = text.getBeginLine();
        token.beginColumn = text.getBeginColumn();
        token.endLine = text.getEndLine();
        token.endColumn = text.getEndColumn();
        return token;
    }

    /** The next character; a NUL at the end. */
    private char peek() {
        try {
            char next = text.readChar();
            text.backup(1);
            return next;
        } catch (IOException e) {
            return '\0';
        }
    }
}
