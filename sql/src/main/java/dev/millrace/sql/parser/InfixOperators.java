package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes {@code a -> b}, with each operator that the parser does not know, as the call {@code "->" (a, b)}, and {@code a AT TIME ZONE b} as {@code timezone(b, a)}. As in Postgres such operators bind tighter than
 * comparisons and less than arithmetic, and from the left, all of them and {@code ||} alike; {@code ^} binds tighter than arithmetic, and AT TIME ZONE than that.
 */
final class InfixOperators {
    private static final Set<Integer> ARITHMETIC = Set.of(PLUS, MINUS, STAR, SLASH, PERCENT_REMAINDER);
    /** Words after which an operand begins, so that they end none. */
    private static final Set<String> NO_OPERANDS = OperandWords.and("returning", "set", "filter");

    private final List<Token> tokens = new ArrayList<>();
    private final List<Token> source;

    private InfixOperators(List<Token> source) {
        this.source = source;
    }

    static List<Token> rewrite(List<Token> source) {
        boolean applies = false;
        for (int at = 0; at < source.size(); at++) {
            applies |= source.get(at).kind == OperatorLexer.OPERATOR || isAtTimeZone(source, at);
        }
        if (!applies) {
            return source;
        }
        InfixOperators operators = new InfixOperators(source);
        operators.rewrite(0, source.size());
        return operators.tokens;
    }

    private void rewrite(int from, int to) {
        int at = from;
        while (at < to) {
            Token token = source.get(at);
            if (token.kind == OperatorLexer.OPERATOR) {
                at = operator(token, at, to);
            } else if (isAtTimeZone(source, at)) {
                at = atTimeZone(token, at, to);
            } else {
                tokens.add(token);
                at++;
            }
        }
    }

    private int operator(Token token, int at, int to) {
        boolean power = isPower(at);
        int end = power ? endOfPrimary(at + 1, to) : endOfOperand(at + 1, to);
        boolean infix = !tokens.isEmpty() && endsOperand(tokens.getLast());
        int start = infix ? power ? startOfBase() : startOfOperand() : tokens.size();
        Token first = infix ? tokens.get(start) : token;
        tokens.add(start, made(QUOTED_IDENTIFIER, '"' + token.image + '"', first));
        tokens.add(start + 1, made(LPAREN, "(", first));
        if (infix) {
            tokens.add(made(COMMA, ",", token));
        }
        rewrite(at + 1, end);
        tokens.add(made(RPAREN, ")", tokens.getLast()));
        return end;
    }

    private int atTimeZone(Token token, int at, int to) {
        int zone = at + 3;
        int end = endOfPlain(zone, to);
        int start = new InfixCasts(tokens).startOfOperand(tokens.size() - 1);
        List<Token> time = new ArrayList<>(tokens.subList(start, tokens.size()));
        tokens.subList(start, tokens.size()).clear();
        tokens.add(made(IDENTIFIER, "timezone", time.isEmpty() ? token : time.getFirst()));
        tokens.add(made(LPAREN, "(", token));
        rewrite(zone, end);
        tokens.add(made(COMMA, ",", token));
        tokens.addAll(time);
        tokens.add(made(RPAREN, ")", tokens.getLast()));
        return end;
    }

    private static boolean isAtTimeZone(List<Token> tokens, int at) {
        return at > 0
                && at + 3 < tokens.size()
                && word(tokens.get(at)).equals("at")
                && word(tokens.get(at + 1)).equals("time")
                && word(tokens.get(at + 2)).equals("zone");
    }

    /** Where the operand begins that has been written last: a sum, or such sums that are concatenated. */
    private int startOfOperand() {
        InfixCasts written = new InfixCasts(tokens);
        int start = written.startOfOperand(tokens.size() - 1);
        while (start > 0 && (isArithmetic(tokens.get(start - 1)) || tokens.get(start - 1).kind == CONCAT)) {
            boolean binary = start > 1 && endsOperand(tokens.get(start - 2));
            start = binary ? written.startOfOperand(start - 2) : start - 1;
        }
        return start;
    }

    /** Where the operand of a power begins that has been written last, with its signs, which bind tighter. */
    private int startOfBase() {
        int start = new InfixCasts(tokens).startOfOperand(tokens.size() - 1);
        while (start > 0
                && isArithmetic(tokens.get(start - 1))
                && (start == 1 || !endsOperand(tokens.get(start - 2)))) {
            start--;
        }
        return start;
    }

    private boolean isPower(int at) {
        return source.get(at).kind == OperatorLexer.OPERATOR
                && source.get(at).image.equals("^");
    }

    /** The position after the sum that begins here. */
    private int endOfOperand(int from, int to) {
        int at = endOfPrimary(from, to);
        while (at < to && (isArithmetic(source.get(at)) || isPower(at))) {
            at = endOfPrimary(at + 1, to);
        }
        return at;
    }

    /** The position after the operand of arithmetic that begins here: a plain one, in the time zones behind it. */
    private int endOfPrimary(int from, int to) {
        int at = endOfPlain(from, to);
        while (isAtTimeZone(source, at)) {
            at = endOfPlain(at + 3, to);
        }
        return at;
    }

    /** The position after the plain operand that begins here: what it is called, with what stands in brackets behind. */
    private int endOfPlain(int from, int to) {
        int at = from;
        while (at < to && isSign(source.get(at))) {
            at++;
        }
        if (at >= to) {
            return to;
        }
        Token token = source.get(at);
        if (token.kind == CASE) {
            at = closing(at, to, CASE, END);
        } else if (token.kind != LPAREN) {
            at = endOfName(at, to);
        }
        while (at < to && (source.get(at).kind == LPAREN || source.get(at).kind == LBRACKET || isCallClause(at))) {
            at = switch (source.get(at).kind) {
                case LPAREN -> closing(at, to, LPAREN, RPAREN);
                case LBRACKET -> closing(at, to, LBRACKET, RBRACKET);
                default -> at + 1;
            };
        }
        return at;
    }

    /** {@code a.b}, {@code timestamp with time zone '…'}, a literal. */
    private int endOfName(int from, int to) {
        int at = from + 1;
        while (at + 1 < to && source.get(at).kind == DOT) {
            at += 2;
        }
        int literal = at;
        while (literal < to && InfixCasts.isTypeWord(source.get(literal))) {
            literal++;
        }
        boolean typed = InfixCasts.isTypeOfLiteral(source.get(from))
                && literal < to
                && source.get(literal).kind == QUOTED_STRING;
        return typed ? literal + 1 : at;
    }

    private boolean isCallClause(int at) {
        boolean after = at > 0 && source.get(at - 1).kind == RPAREN;
        return after && (source.get(at).kind == FILTER || source.get(at).kind == OVER);
    }

    private int closing(int from, int to, int open, int close) {
        int depth = 0;
        for (int at = from; at < to; at++) {
            int kind = source.get(at).kind;
            depth += kind == open ? 1 : kind == close ? -1 : 0;
            if (depth == 0) {
                return at + 1;
            }
        }
        return to;
    }

    private static boolean endsOperand(Token token) {
        if (token.kind == RPAREN || token.kind == RBRACKET || token.kind == QUOTED_STRING || token.kind == HOOK) {
            return true;
        }
        char first = token.image.charAt(0);
        boolean name =
                first == '"' || Character.isLetterOrDigit(first) || first == '_' || (first == '.' && token.kind != DOT);
        return name && !NO_OPERANDS.contains(word(token));
    }

    private static boolean isArithmetic(Token token) {
        return ARITHMETIC.contains(token.kind);
    }

    private static boolean isSign(Token token) {
        return token.kind == PLUS || token.kind == MINUS || token.kind == OperatorLexer.OPERATOR;
    }

    private static String word(Token token) {
        return token.image.toLowerCase(Locale.ROOT);
    }
}
