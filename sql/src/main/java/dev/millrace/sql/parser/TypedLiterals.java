package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Writes {@code type 'text'} as {@code CAST('text' AS type)} for types that the parser does not know, {@code interval '5 minutes'} among them, and {@code interval} as the name of a type that it is, and {@code int[]} as {@code int ARRAY}. What is left to the
 * parser is {@code INTERVAL '5' DAY}.
 */
final class TypedLiterals {
    private static final String INTERVAL_TYPE = "interval";
    private static final Set<Integer> FIELDS = Set.of(YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND);

    private TypedLiterals() {}

    static List<Token> rewrite(List<Token> source) {
        List<Token> tokens = new ArrayList<>();
        for (int at = 0; at < source.size(); at++) {
            Token token = source.get(at);
            if (isLiteral(source, at)) {
                Token text = source.get(at + 1);
                tokens.add(made(CAST, "CAST", token));
                tokens.add(made(LPAREN, "(", token));
                tokens.add(text);
                tokens.add(made(AS, "AS", token));
                tokens.add(name(token));
                tokens.add(made(RPAREN, ")", text));
                at++;
            } else if (isArrayOfType(source, at)) {
                tokens.add(made(ARRAY, "ARRAY", token));
                at++;
            } else if (token.kind == INTERVAL && isType(source, at)) {
                tokens.add(name(token));
            } else {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static Token name(Token token) {
        return made(IDENTIFIER, token.kind == INTERVAL ? INTERVAL_TYPE : token.image, token);
    }

    private static boolean isLiteral(List<Token> tokens, int at) {
        if (at + 2 >= tokens.size() || tokens.get(at + 1).kind != QUOTED_STRING) {
            return false;
        }
        Token token = tokens.get(at);
        // Those of times the parser knows, with the words that may follow them.
        boolean named = token.kind != TIME
                && token.kind != INTERVAL
                && TypeMapping.SHORT_NAMES.containsKey(token.image.toLowerCase(Locale.ROOT))
                && (at == 0 || tokens.get(at - 1).kind != DOT);
        return named || (token.kind == INTERVAL && !FIELDS.contains(tokens.get(at + 2).kind));
    }

    private static boolean isArrayOfType(List<Token> tokens, int at) {
        return tokens.get(at).kind == LBRACKET
                && tokens.get(at + 1).kind == RBRACKET
                && (at == 0 || tokens.get(at - 1).kind != ARRAY);
    }

    private static boolean isType(List<Token> tokens, int at) {
        boolean wanted = at > 0 && (tokens.get(at - 1).kind == AS || tokens.get(at - 1).kind == INFIX_CAST);
        return wanted && !FIELDS.contains(tokens.get(at + 1).kind);
    }
}
