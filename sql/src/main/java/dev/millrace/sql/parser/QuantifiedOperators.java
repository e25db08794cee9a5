package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ALL;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ANY;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ILIKE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LIKE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.NOT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SOME;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Makes one operator of {@code LIKE ANY}, {@code NOT ILIKE ALL}, {@code ~ SOME} and the like, each of which binds in Postgres as operators of other characters do: {@code ~~any}, {@code !~~*all},
 * {@code ~any}. The operator {@code !~~} without such a word is NOT LIKE.
 */
final class QuantifiedOperators {
    private static final Set<String> OPERATORS = Set.of("~", "~*", "!~", "!~*", "!~~", "!~~*");

    private QuantifiedOperators() {}

    static List<Token> rewrite(List<Token> source) {
        List<Token> tokens = new ArrayList<>();
        for (int at = 0; at < source.size(); at++) {
            Token token = source.get(at);
            Optional<String> quantifier =
                    at + 1 < source.size() ? quantifier(source.get(at + 1).kind) : Optional.empty();
            boolean like = token.kind == LIKE || token.kind == ILIKE;
            boolean operator = token.kind == OperatorLexer.OPERATOR && OPERATORS.contains(token.image);
            if (like && quantifier.isPresent()) {
                boolean negated = !tokens.isEmpty() && tokens.getLast().kind == NOT;
                Token place = negated ? tokens.removeLast() : token;
                String name = (negated ? "!~~" : "~~") + (token.kind == ILIKE ? "*" : "");
                tokens.add(made(OperatorLexer.OPERATOR, name + quantifier.get(), place));
                at++;
            } else if (operator && quantifier.isPresent()) {
                tokens.add(made(OperatorLexer.OPERATOR, token.image + quantifier.get(), token));
                at++;
            } else if (operator && token.image.startsWith("!~~")) {
                tokens.add(made(NOT, "NOT", token));
                tokens.add(token.image.endsWith("*") ? made(ILIKE, "ILIKE", token) : made(LIKE, "LIKE", token));
            } else {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static Optional<String> quantifier(int kind) {
        return switch (kind) {
            case ANY, SOME -> Optional.of("any");
            case ALL -> Optional.of("all");
            default -> Optional.empty();
        };
    }
}
