package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COMMA;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.DOT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.EOF;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.EXTRACT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.FROM;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_STRING;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.babel.Token;

/** Drops {@code pg_catalog.}, where all that there is of functions and types is, and writes {@code EXTRACT('day' FROM x)} as the call that it is, {@code "extract"('day', x)}. */
final class SystemNames {
    private SystemNames() {}

    static List<Token> rewrite(List<Token> source) {
        List<Token> tokens = new ArrayList<>();
        for (int at = 0; at < source.size(); at++) {
            Token token = source.get(at);
            boolean system = token.image.replace("\"", "").equalsIgnoreCase("pg_catalog");
            if (system && kind(source, at + 1) == DOT && kind(source, at - 1) != DOT) {
                at++;
            } else if (isExtractOfText(source, at)) {
                tokens.add(made(QUOTED_IDENTIFIER, "\"extract\"", token));
                tokens.add(source.get(at + 1));
                tokens.add(source.get(at + 2));
                tokens.add(made(COMMA, ",", source.get(at + 3)));
                at += 3;
            } else {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static boolean isExtractOfText(List<Token> source, int at) {
        return kind(source, at) == EXTRACT
                && kind(source, at + 1) == LPAREN
                && kind(source, at + 2) == QUOTED_STRING
                && kind(source, at + 3) == FROM;
    }

    private static int kind(List<Token> tokens, int at) {
        return at < 0 || at >= tokens.size() ? EOF : tokens.get(at).kind;
    }
}
