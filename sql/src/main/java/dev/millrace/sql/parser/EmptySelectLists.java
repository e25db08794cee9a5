package dev.millrace.sql.parser;

import static dev.millrace.sql.parser.InfixCasts.made;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.ALL;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.DISTINCT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.EOF;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.FROM;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.LIMIT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.QUOTED_IDENTIFIER;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.RPAREN;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.SELECT;
import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.WHERE;

import dev.millrace.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Reads {@code EXISTS (SELECT FROM t)}, for which it does not matter what is selected, as {@code EXISTS (SELECT 1 FROM t)}. Elsewhere a query without columns is refused. */
final class EmptySelectLists extends SqlShuttle {
    private static final String NAME = "no columns";
    private static final Set<Integer> AFTER = Set.of(FROM, WHERE, RPAREN, LIMIT, EOF);

    private final SourceText source;

    EmptySelectLists(SourceText source) {
        this.source = source;
    }

    /** Puts a name where the parser wants a select list. */
    static List<Token> rewrite(List<Token> source) {
        List<Token> tokens = new ArrayList<>(source);
        for (int at = tokens.size() - 2; at >= 0; at--) {
            int kind = tokens.get(at).kind;
            boolean begins = kind == SELECT
                    || (at > 0 && tokens.get(at - 1).kind == SELECT && (kind == ALL || kind == DISTINCT));
            if (begins && AFTER.contains(tokens.get(at + 1).kind)) {
                tokens.add(at + 1, made(QUOTED_IDENTIFIER, '"' + NAME + '"', tokens.get(at)));
            }
        }
        return tokens;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.EXISTS && call.operand(0) instanceof SqlSelect select && isEmpty(select)) {
            select.setSelectList(SqlNodeList.of(SqlLiteral.createExactNumeric("1", select.getParserPosition())));
        }
        if (call instanceof SqlSelect select && isEmpty(select)) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "a query without columns cannot be kept live but in EXISTS; write SELECT 1",
                    select.getParserPosition().getLineNum(),
                    select.getParserPosition().getColumnNum());
        }
        return super.visit(call);
    }

    private static boolean isEmpty(SqlSelect select) {
        return select.getSelectList().size() == 1
                && select.getSelectList().get(0) instanceof SqlIdentifier name
                && name.names.equals(List.of(NAME));
    }
}
