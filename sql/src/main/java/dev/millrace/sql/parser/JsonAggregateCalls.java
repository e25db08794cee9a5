package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ARRAY_AGG;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.DISTINCT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.FILTER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ORDER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.OVER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;

import dev.millrace.sql.function.JsonAggregates;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes {@code json_agg(x ORDER BY y) FILTER (WHERE z)} as {@code "json_agg"(array_agg(x ORDER BY y) FILTER (WHERE z))}, and {@code json_object_agg(k, v)} as that of an {@code array_agg} of members: see
 * {@link JsonAggregates}.
 */
final class JsonAggregateCalls {
    private JsonAggregateCalls() {}

    static List<Token> rewrite(List<Token> tokens) {
        for (int i = tokens.size() - 2; i >= 0; i--) {
            if (tokens.get(i).kind == IDENTIFIER && tokens.get(i + 1).kind == LPAREN) {
                switch (tokens.get(i).image.toLowerCase(Locale.ROOT)) {
                    case "json_agg", "jsonb_agg" -> wrap(tokens, i);
                    case "json_object_agg", "jsonb_object_agg" -> {
                        if (tokens.get(i + 2).kind != DISTINCT) {
                            wrapMembers(tokens, i);
                            wrap(tokens, i);
                        }
                    }
                    default -> {
                        // No aggregate of JSON.
                    }
                }
            }
        }
        return tokens;
    }

    private static void wrap(List<Token> tokens, int name) {
        int end = closing(tokens, name + 1);
        while (end + 2 < tokens.size()
                && (tokens.get(end + 1).kind == FILTER || tokens.get(end + 1).kind == OVER)
                && tokens.get(end + 2).kind == LPAREN) {
            end = closing(tokens, end + 2);
        }
        Token first = tokens.get(name);
        tokens.add(end + 1, made(RPAREN, ")", tokens.get(end)));
        tokens.set(name, made(QUOTED_IDENTIFIER, '"' + first.image.toLowerCase(Locale.ROOT) + '"', first));
        tokens.add(name + 1, made(ARRAY_AGG, "ARRAY_AGG", first));
        tokens.add(name + 1, made(LPAREN, "(", first));
    }

    /** Puts what stands before ORDER BY into a call. */
    private static void wrapMembers(List<Token> tokens, int name) {
        int close = closing(tokens, name + 1);
        int end = close;
        int depth = 0;
        for (int at = name + 1; at < close && end == close; at++) {
            int kind = tokens.get(at).kind;
            depth += kind == LPAREN ? 1 : kind == RPAREN ? -1 : 0;
            end = depth == 1 && kind == ORDER ? at : end;
        }
        Token first = tokens.get(name + 2);
        tokens.add(end, made(RPAREN, ")", tokens.get(end - 1)));
        tokens.add(name + 2, made(LPAREN, "(", first));
        tokens.add(name + 2, made(QUOTED_IDENTIFIER, '"' + JsonAggregates.MEMBER + '"', first));
    }

    /** Where the bracket that opens here closes; the last token if it does not. */
    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            int kind = tokens.get(at).kind;
            depth += kind == LPAREN ? 1 : kind == RPAREN ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return tokens.size() - 1;
    }
}
