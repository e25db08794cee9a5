package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;

/** Says what a parser could not read, in one line. */
final class SyntaxErrors {
    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line \\d+, column \\d+\\.\\s*(.*)", Pattern.DOTALL);

    private static final String NO_QUERY = "Non-query expression";

    private SyntaxErrors() {}

    static MillraceException translate(SourceText source, SqlParseException e) {
        if (e.getCause() instanceof StackOverflowError overflow) {
            return new MillraceException(
                    ErrorCode.NESTED_TOO_DEEPLY,
                    "the query is nested too deeply; write parts of it as views",
                    overflow);
        }
        String message = String.valueOf(e.getMessage());
        String what = message.lines().findFirst().orElse(message);
        Matcher encountered = ENCOUNTERED.matcher(message);
        Matcher lexical = LEXICAL.matcher(message);
        if (encountered.find()) {
            String token = encountered.group(1).strip();
            what = encountered(token);
        } else if (lexical.find()) {
            what = "syntax error: " + lexical.group(1).lines().findFirst().orElse("");
        } else if (what.startsWith(NO_QUERY)) {
            what = "syntax error: expected a query, such as SELECT … FROM …";
        } else {
            what = "syntax error: " + what;
        }
        return source.error(
                ErrorCode.SYNTAX_ERROR,
                what,
                e.getPos() == null ? 0 : e.getPos().getLineNum(),
                e.getPos() == null ? 0 : e.getPos().getColumnNum());
    }

    private static String encountered(String tokens) {
        if (tokens.isEmpty() || tokens.endsWith("<EOF>")) {
            return "syntax error: the query ends too early";
        }
        return tokens.startsWith("\\'") || tokens.startsWith("\\\"")
                ? "syntax error: a quotation that does not end"
                : "syntax error at or near '" + tokens.replace("\\", "") + "'";
    }
}
