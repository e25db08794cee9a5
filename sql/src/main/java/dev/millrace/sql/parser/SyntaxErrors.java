package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;

/** Says what a parser could not read, in one line. */
final class SyntaxErrors {
    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line \\d+, column \\d+\\.\\s*(.*)", Pattern.DOTALL);

    private static final Pattern WITH_TIES = Pattern.compile("(?:with\\s+)?ties\\b", Pattern.CASE_INSENSITIVE);

    /** Ends within what is to be counted. */
    private static final Pattern LIMIT =
            Pattern.compile("\\b(?:limit|offset)\\s+[^\\s,()]*\\s*$", Pattern.CASE_INSENSITIVE);

    /** What is counted stands in parentheses. */
    private static final Pattern LIMITED = Pattern.compile("(?:limit|offset)\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final Pattern ROW_LOCK = Pattern.compile(
            "(?:for\\s+)?(?:no\\s+key\\s+update|key\\s+share|update|share)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern FOR = Pattern.compile("\\bfor\\s*$", Pattern.CASE_INSENSITIVE);

    private static final String NO_QUERY = "Non-query expression";

    private SyntaxErrors() {}

    static MillraceException translate(SourceText source, SqlParseException e) {
        if (e.getCause() instanceof StackOverflowError overflow) {
            return new MillraceException(
                    ErrorCode.NESTED_TOO_DEEPLY,
                    "the query is nested too deeply; write parts of it as views",
                    overflow);
        }
        if (e.getPos() != null) {
            Optional<String> known =
                    refused(source, e.getPos().getLineNum(), e.getPos().getColumnNum());
            if (known.isPresent()) {
                return source.error(
                        ErrorCode.UNSUPPORTED_SQL,
                        known.get(),
                        e.getPos().getLineNum(),
                        e.getPos().getColumnNum());
            }
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

    /** What Postgres would have understood where the parser does not go on. */
    private static Optional<String> refused(SourceText source, int row, int column) {
        String from = source.from(row, column);
        String line = source.from(row, 1);
        String before = line.substring(0, line.length() - from.length());
        if (WITH_TIES.matcher(from).lookingAt()) {
            return Optional.of(
                    "FETCH FIRST … WITH TIES cannot be kept live yet; write WHERE n <= k over rank() OVER (ORDER BY …) AS n");
        }
        if (ROW_LOCK.matcher(from).lookingAt()
                && (from.regionMatches(true, 0, "for", 0, 3)
                        || FOR.matcher(before).find())) {
            return Optional.of(
                    "FOR UPDATE and FOR SHARE lock rows, which nothing here does: transactions that change rows take turns; leave it out");
        }
        boolean inLimit = LIMIT.matcher(before).find() && !from.isBlank();
        return inLimit || LIMITED.matcher(from).lookingAt()
                ? Optional.of(
                        "LIMIT or OFFSET of anything but a number or a parameter cannot be kept live yet; write the number")
                : Optional.empty();
    }

    private static String encountered(String tokens) {
        if (tokens.isEmpty() || tokens.endsWith("<EOF>")) {
            return "syntax error: the query ends too early";
        }
        String words = tokens.replace("\\", "");
        char first = words.charAt(0);
        boolean endless = (first == '\'' || first == '"') && words.indexOf(first, 1) < 0;
        return endless
                ? "syntax error: a quotation that does not end"
                : "syntax error at or near '" + words.replace("\"", "") + "'";
    }
}
