package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COLON;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COMMA;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LBRACKET;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RBRACKET;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.UNSIGNED_INTEGER_LITERAL;

import dev.millrace.sql.function.ArrayOperators;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes {@code a[1:2]}, which the parser does not know, as the call {@code "[:]" (a, 1, 2)}. A bound that is left out is the array's. Behind or before another subscript a slice is of an array of several
 * dimensions, and a call of what there is not.
 */
final class ArraySlices {
    private static final String FIRST = "1";
    private static final String LAST = Integer.toString(Integer.MAX_VALUE);

    private final List<Token> tokens = new ArrayList<>();

    private ArraySlices() {}

    static List<Token> rewrite(List<Token> source) {
        if (source.stream().noneMatch(token -> token.kind == COLON)) {
            return source;
        }
        ArraySlices slices = new ArraySlices();
        for (int at = 0; at < source.size(); at++) {
            slices.tokens.add(source.get(at));
            if (source.get(at).kind == RBRACKET) {
                slices.close(at + 1 < source.size() && source.get(at + 1).kind == LBRACKET);
            }
        }
        return slices.tokens;
    }

    /** Makes a call of what the bracket written last closes, if that is a slice. */
    private void close(boolean subscripted) {
        int close = tokens.size() - 1;
        int open = close;
        int colon = -1;
        int depth = 0;
        do {
            int kind = tokens.get(open).kind;
            depth += kind == RBRACKET || kind == RPAREN ? 1 : kind == LBRACKET || kind == LPAREN ? -1 : 0;
            colon = depth == 1 && kind == COLON ? open : colon;
            open--;
        } while (depth > 0 && open >= 0);
        open++;
        if (colon < 0 || open == 0) {
            return;
        }
        boolean several = subscripted || tokens.get(open - 1).kind == RBRACKET;
        int start = new InfixCasts(tokens).startOfOperand(open - 1);
        Token first = tokens.get(start);
        tokens.set(close, made(RPAREN, ")", tokens.get(close)));
        tokens.set(colon, made(COMMA, ",", tokens.get(colon)));
        if (close == colon + 1) {
            tokens.add(close, made(UNSIGNED_INTEGER_LITERAL, LAST, tokens.get(close)));
        }
        tokens.set(open, made(COMMA, ",", tokens.get(open)));
        if (colon == open + 1) {
            tokens.add(colon, made(UNSIGNED_INTEGER_LITERAL, FIRST, tokens.get(open)));
        }
        String name = several ? ArrayOperators.SLICE_OF_SLICE : ArrayOperators.SLICE;
        tokens.add(start, made(QUOTED_IDENTIFIER, '"' + name + '"', first));
        tokens.add(start + 1, made(LPAREN, "(", first));
    }
}
