package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COMMA;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ESCAPE;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SIMILAR;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SUBSTRING;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.TO;

import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.NamedFunction;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.Token;

/** {@code x SIMILAR TO p ESCAPE e} is {@code x ~ similar_to_escape(p, e)}, and {@code substring(x SIMILAR p ESCAPE e)} is {@code substring(x, p, e)}, as in Postgres's grammar. */
final class SimilarPatterns {
    private SimilarPatterns() {}

    /** Puts commas in the place of the words in {@code substring(…)}, where the parser does not know them. */
    static List<Token> rewrite(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).kind == SUBSTRING && tokens.get(i + 1).kind == LPAREN) {
                rewrite(tokens, i + 1);
            }
        }
        return tokens;
    }

    private static void rewrite(List<Token> tokens, int open) {
        int depth = 0;
        boolean similar = false;
        for (int at = open; at + 1 < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += token.kind == LPAREN ? 1 : token.kind == RPAREN ? -1 : 0;
            boolean pattern = depth == 1 && token.kind == SIMILAR && tokens.get(at + 1).kind != TO;
            if (pattern || (similar && depth == 1 && token.kind == ESCAPE)) {
                token.kind = COMMA;
                token.image = ",";
                similar = true;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    static SqlNode condition(SqlCall call) {
        boolean negated = ((SqlLikeOperator) call.getOperator()).isNegated();
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> operands = call.getOperandList();
        SqlNode expression = function("similar_to_escape").createCall(position, operands.subList(1, operands.size()));
        return function(negated ? "!~" : "~").createCall(position, operands.getFirst(), expression);
    }

    private static NamedFunction function(String name) {
        return FunctionRegistry.BUILT_IN.find(name).orElseThrow();
    }
}
