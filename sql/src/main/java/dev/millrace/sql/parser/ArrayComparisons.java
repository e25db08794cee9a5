package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.PatternArrays;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code x = ANY (array)} the call {@code "=any" (x, array)}: in Postgres what stands there is an array, unless it is a query; the parser takes it for a list of one value. {@link QuantifiedOperators}
 * makes such calls of what the parser does not know, with which a query is refused.
 */
final class ArrayComparisons extends SqlShuttle {
    private final SourceText source;

    ArrayComparisons(SourceText source) {
        this.source = source;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlCall matched
                && PatternArrays.OPERATORS.contains(matched.getOperator().getName())
                && matched.getOperandList().getLast().isA(SqlKind.QUERY)) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "a pattern of ANY or ALL rows of a query cannot be kept live yet; write EXISTS (SELECT 1 FROM … WHERE x LIKE pattern)",
                    matched.getParserPosition().getLineNum(),
                    matched.getParserPosition().getColumnNum());
        }
        boolean applies = visited instanceof SqlBasicCall made
                && made.getOperator() instanceof SqlQuantifyOperator
                && made.operand(1) instanceof SqlNodeList list
                && list.size() == 1
                && !list.get(0).isA(SqlKind.QUERY);
        if (!applies) {
            return visited;
        }
        SqlCall comparison = (SqlCall) visited;
        SqlQuantifyOperator operator = (SqlQuantifyOperator) comparison.getOperator();
        String quantifier = operator.getKind() == SqlKind.ALL ? "all" : "any";
        String name = operator.comparisonKind.sql.toLowerCase(Locale.ROOT) + quantifier;
        return FunctionRegistry.BUILT_IN
                .find(name)
                .orElseThrow()
                .createCall(
                        comparison.getParserPosition(),
                        comparison.operand(0),
                        ((SqlNodeList) comparison.operand(1)).get(0));
    }
}
