package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.COLON;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.JSON_OBJECT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.KEY;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.VALUE;

import dev.millrace.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Refuses the standard's own notation of JSON ({@code JSON_OBJECT(KEY k VALUE v)}), and tells {@code json_object('{k,v}')}, Postgres's function, from it. */
final class StandardJson extends SqlShuttle {
    private final SourceText source;

    StandardJson(SourceText source) {
        this.source = source;
    }

    /** Makes the word a function's name where its arguments are plain ones. */
    static List<Token> rewrite(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).kind == JSON_OBJECT
                    && tokens.get(i + 1).kind == LPAREN
                    && hasPlainArguments(tokens, i + 1)) {
                tokens.get(i).kind = IDENTIFIER;
            }
        }
        return tokens;
    }

    private static boolean hasPlainArguments(List<Token> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            int kind = tokens.get(at).kind;
            depth += kind == LPAREN ? 1 : kind == RPAREN ? -1 : 0;
            if (depth == 0) {
                return at > open + 1;
            }
            if (depth == 1 && (kind == KEY || kind == VALUE || kind == COLON)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        String name = call.getOperator().getName();
        String instead = instead(name);
        if (instead != null) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "the standard's " + name.toLowerCase(Locale.ROOT) + " cannot be kept live yet; write " + instead,
                    call.getParserPosition().getLineNum(),
                    call.getParserPosition().getColumnNum());
        }
        return super.visit(call);
    }

    private static @Nullable String instead(String operator) {
        return switch (operator) {
            case "JSON_OBJECT" -> "json_build_object";
            case "JSON_ARRAY" -> "json_build_array";
            case "JSON_VALUE" -> "-> and ->>";
            case "JSON_QUERY" -> "-> and #>";
            case "JSON_EXISTS" -> "jsonb's ? and @>";
            case "JSON_ARRAYAGG" -> "json_agg";
            case "JSON_OBJECTAGG" -> "json_object_agg";
            default -> operator.startsWith("IS JSON") || operator.startsWith("IS NOT JSON") ? "json_typeof" : null;
        };
    }
}
