package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** Counts parameters as they are written, from 0: {@code $2} is 1 whichever stands first, and as often as it stands there. */
final class ParameterNumbers extends SqlShuttle {
    private static final int MAX_PARAMETERS = 1000;
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final SourceText source;

    ParameterNumbers(SourceText source) {
        this.source = source;
    }

    static boolean isParameter(String name) {
        return PARAMETER.matcher(name).matches();
    }

    @Override
    public SqlNode visit(SqlDynamicParam parameter) {
        SqlParserPos position = parameter.getParserPosition();
        Matcher written = PARAMETER.matcher(source.from(position.getLineNum(), position.getColumnNum()));
        if (!written.lookingAt()) {
            throw source.error(
                    ErrorCode.SYNTAX_ERROR,
                    "syntax error at or near '?'; a parameter is written $1",
                    position.getLineNum(),
                    position.getColumnNum());
        }
        String number = written.group(1);
        boolean readable = number.length() <= String.valueOf(MAX_PARAMETERS).length();
        int parsed = readable ? Integer.parseInt(number) : 0;
        if (parsed < 1 || parsed > MAX_PARAMETERS) {
            throw source.error(
                    ErrorCode.INVALID_QUERY,
                    "there is no parameter $" + number + "; they are $1 to $" + MAX_PARAMETERS,
                    position.getLineNum(),
                    position.getColumnNum());
        }
        return new SqlDynamicParam(parsed - 1, position);
    }
}
