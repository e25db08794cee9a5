package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import dev.millrace.sql.function.Collate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Rewrites {@code x::type} to {@code CAST(x AS type)}, token by token from the left. {@code x} is the shortest operand that ends there: a
 * name, a literal, a call, something in parentheses, a CASE, or an earlier cast. {@code x COLLATE name} binds next, and becomes a call.
 */
final class InfixCasts {
    /** Words before a parenthesis that do not make it a call. */
    private static final Set<String> NOT_FUNCTIONS =
            OperandWords.and("join", "symmetric", "asymmetric", "lateral", "union", "fetch");

    /** Words between a call and a parenthesis that belongs to it. */
    private static final Set<String> CALL_CLAUSES = Set.of("filter", "over");

    private static final Set<String> TYPED_LITERALS = Set.of("date", "time", "timestamp", "interval", "zone");

    /** Words that carry on a type's name. */
    private static final Set<String> TYPE_WORDS =
            Set.of("precision", "varying", "with", "without", "local", "time", "zone", "array");

    private final List<Token> tokens;

    /** @param tokens what has been written so far */
    InfixCasts(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> rewrite(List<Token> source) {
        InfixCasts casts = new InfixCasts(new ArrayList<>());
        for (int at = 0; at < source.size(); at++) {
            Token token = source.get(at);
            if (token.kind == COLLATE && !casts.tokens.isEmpty() && at + 1 < source.size()) {
                at = casts.collate(source, at);
                continue;
            }
            if (token.kind != INFIX_CAST || casts.tokens.isEmpty()) {
                casts.tokens.add(token);
                continue;
            }
            int end = endOfType(source, at + 1);
            casts.wrap(token, source.subList(at + 1, end));
            at = end - 1;
        }
        return casts.tokens;
    }

    /** {@code x COLLATE name} as a call of a function of that name; returns where the name ends. */
    private int collate(List<Token> source, int at) {
        int end = at + 1;
        while (end + 2 < source.size() && source.get(end + 1).kind == DOT) {
            end += 2;
        }
        String image = source.get(end).image;
        String name = image.startsWith("\"") ? image.substring(1, image.length() - 1) : image.toLowerCase(Locale.ROOT);
        int start = startOfOperand(tokens.size() - 1);
        Token first = tokens.get(start);
        tokens.add(start, made(QUOTED_IDENTIFIER, '"' + Collate.functionOf(name) + '"', source.get(at)));
        tokens.add(start + 1, made(LPAREN, "(", first));
        tokens.add(made(RPAREN, ")", source.get(end)));
        return end;
    }

    private void wrap(Token sign, List<Token> type) {
        int start = startOfOperand(tokens.size() - 1);
        Token first = tokens.get(start);
        tokens.add(start, made(CAST, "CAST", first));
        tokens.add(start + 1, made(LPAREN, "(", first));
        tokens.add(made(AS, "AS", sign));
        tokens.addAll(type);
        tokens.add(made(RPAREN, ")", type.isEmpty() ? sign : type.getLast()));
    }

    /** Where the operand begins whose last token is this one. */
    int startOfOperand(int last) {
        Token token = tokens.get(last);
        if (token.kind == RPAREN) {
            return startOfCall(opening(last, LPAREN, RPAREN));
        }
        if (token.kind == RBRACKET) {
            return startOfOperand(Math.max(0, opening(last, LBRACKET, RBRACKET) - 1));
        }
        if (token.kind == END) {
            return Math.max(0, opening(last, CASE, END));
        }
        if (token.kind == QUOTED_STRING) {
            return startOfLiteral(last);
        }
        int start = last;
        while (start >= 2 && tokens.get(start - 1).kind == DOT) {
            start -= 2;
        }
        return start;
    }

    /** Where the call begins whose arguments' parenthesis is opened here; here, if it is none. */
    private int startOfCall(int parenthesis) {
        if (parenthesis <= 0) {
            return 0;
        }
        Token before = tokens.get(parenthesis - 1);
        if (CALL_CLAUSES.contains(word(before)) && parenthesis >= 2 && tokens.get(parenthesis - 2).kind == RPAREN) {
            return startOfOperand(parenthesis - 2);
        }
        boolean quoted = before.image.startsWith("\"");
        boolean name = quoted || (Character.isLetter(before.image.charAt(0)) && !NOT_FUNCTIONS.contains(word(before)));
        return name ? startOfOperand(parenthesis - 1) : parenthesis;
    }

    /** {@code timestamp with time zone '…'} is one operand. */
    private int startOfLiteral(int text) {
        int start = text;
        while (start > 0
                && (TYPED_LITERALS.contains(word(tokens.get(start - 1)))
                        || (start < text && TYPE_WORDS.contains(word(tokens.get(start - 1)))))) {
            start--;
        }
        return start;
    }

    private int opening(int last, int open, int close) {
        int depth = 0;
        for (int at = last; at >= 0; at--) {
            int kind = tokens.get(at).kind;
            depth += kind == close ? 1 : kind == open ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return 0;
    }

    /** The position after the type that begins here: its words, with what stands in parentheses. */
    private static int endOfType(List<Token> source, int start) {
        int at = Math.min(start + 1, source.size() - 1);
        while (true) {
            Token token = source.get(at);
            boolean parenthesis = token.kind == LPAREN;
            if (parenthesis) {
                while (source.get(at).kind != RPAREN && source.get(at).kind != EOF) {
                    at++;
                }
            }
            boolean more = parenthesis
                    || TYPE_WORDS.contains(word(token))
                    || token.kind == DOT
                    || source.get(at - 1).kind == DOT;
            if (!more || source.get(at).kind == EOF) {
                return at;
            }
            at++;
        }
    }

    /** Whether a word carries on a type's name. */
    static boolean isTypeWord(Token token) {
        return TYPE_WORDS.contains(word(token));
    }

    /** Whether a word may be the first before a literal of its type. */
    static boolean isTypeOfLiteral(Token token) {
        return TYPED_LITERALS.contains(word(token));
    }

    private static String word(Token token) {
        return token.image.toLowerCase(Locale.ROOT);
    }

    /** A token of our own, where another stands. */
    static Token made(int kind, String image, Token at) {
        Token token = new Token();
        token.kind = kind;
        token.image = image;
        token.beginLine = at.beginLine;
        token.beginColumn = at.beginColumn;
        token.endLine = at.beginLine;
        token.endColumn = at.beginColumn;
        return token;
    }
}
