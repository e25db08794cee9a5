package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes comparisons of rows as comparisons of their fields, to which they are the same in SQL's three-valued logic.
 *
 * <pre>
 * (a, b) = (c, d)     →  a = c AND b = d
 * (a, b) &lt; (c, d)  →  a &lt; c OR (a = c AND b &lt; d)
 * (a, b) IS NULL      →  a IS NULL AND b IS NULL
 * </pre>
 */
final class RowComparisons extends SqlShuttle {
    private final SourceText source;

    RowComparisons(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall made)
                || made.operandCount() == 0
                || !isRow(made.getOperandList().getFirst())) {
            return visited;
        }
        boolean ofTwo = made.operandCount() == 2 && isRow(made.getOperandList().getLast());
        return switch (made.getKind()) {
            case IS_NULL, IS_NOT_NULL -> ofOne(made);
            case EQUALS, IS_NOT_DISTINCT_FROM -> ofTwo ? all(made, SqlStdOperatorTable.AND) : made;
            case NOT_EQUALS, IS_DISTINCT_FROM -> ofTwo ? all(made, SqlStdOperatorTable.OR) : made;
            case LESS_THAN, LESS_THAN_OR_EQUAL -> ofTwo ? ordered(made, SqlStdOperatorTable.LESS_THAN) : made;
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> ofTwo ? ordered(made, SqlStdOperatorTable.GREATER_THAN) : made;
            default -> made;
        };
    }

    private static boolean isRow(@Nullable SqlNode node) {
        return node != null && node.getKind() == SqlKind.ROW;
    }

    private static SqlNode ofOne(SqlCall call) {
        return fields(call, 0).stream()
                .<SqlNode>map(field -> call.getOperator().createCall(call.getParserPosition(), field))
                .reduce((left, right) -> SqlStdOperatorTable.AND.createCall(call.getParserPosition(), left, right))
                .orElse(call);
    }

    private SqlNode all(SqlCall call, SqlOperator junction) {
        List<SqlNode> compared = new ArrayList<>();
        for (int i = 0; i < width(call); i++) {
            compared.add(compared(call.getOperator(), call, i));
        }
        return compared.stream()
                .reduce((left, right) -> junction.createCall(call.getParserPosition(), left, right))
                .orElse(call);
    }

    /** The first fields that differ decide; {@code strict} is how. */
    private SqlNode ordered(SqlCall call, SqlOperator strict) {
        SqlParserPos position = call.getParserPosition();
        int last = width(call) - 1;
        SqlNode result = compared(call.getOperator(), call, last);
        for (int i = last - 1; i >= 0; i--) {
            SqlNode equal = compared(SqlStdOperatorTable.EQUALS, call, i);
            result = SqlStdOperatorTable.OR.createCall(
                    position, compared(strict, call, i), SqlStdOperatorTable.AND.createCall(position, equal, result));
        }
        return result;
    }

    private static SqlNode compared(SqlOperator comparison, SqlCall call, int field) {
        return comparison.createCall(
                call.getParserPosition(),
                fields(call, 0).get(field),
                fields(call, 1).get(field));
    }

    private int width(SqlCall call) {
        int width = fields(call, 0).size();
        if (width != fields(call, 1).size()) {
            throw source.error(
                    ErrorCode.INVALID_QUERY,
                    "unequal number of entries in row expressions",
                    call.getParserPosition().getLineNum(),
                    call.getParserPosition().getColumnNum());
        }
        return width;
    }

    private static List<SqlNode> fields(SqlCall call, int side) {
        return ((SqlCall) call.operand(side)).getOperandList();
    }
}
