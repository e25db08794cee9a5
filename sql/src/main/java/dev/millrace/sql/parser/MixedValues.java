package dev.millrace.sql.parser;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** {@code VALUES} where a quoted literal stands beside values of other types, whose type it has then, as in a set operation: {@code SELECT … UNION ALL SELECT …}. */
final class MixedValues extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
        if (call.getKind() != SqlKind.VALUES || !isMixed(call.getOperandList())) {
            return super.visit(call);
        }
        return call.getOperandList().stream()
                .map(row -> (SqlNode) select((SqlCall) row))
                .reduce((left, right) -> SqlStdOperatorTable.UNION_ALL.createCall(call.getParserPosition(), left, right))
                .orElse(call);
    }

    private static boolean isMixed(List<SqlNode> rows) {
        boolean regular = rows.stream()
                .allMatch(row -> row instanceof SqlCall values
                        && values.getKind() == SqlKind.ROW
                        && values.operandCount() == ((SqlCall) rows.getFirst()).operandCount());
        return regular
                && IntStream.range(0, ((SqlCall) rows.getFirst()).operandCount()).anyMatch(column -> {
                    List<SqlNode> values = rows.stream()
                            .map(row -> (SqlNode) ((SqlCall) row).operand(column))
                            .filter(value -> !SqlUtil.isNullLiteral(value, false))
                            .toList();
                    long quoted = values.stream()
                            .filter(SqlCharStringLiteral.class::isInstance)
                            .count();
                    return quoted > 0 && quoted < values.size();
                });
    }

    private static SqlSelect select(SqlCall row) {
        SqlParserPos position = row.getParserPosition();
        return new SqlSelect(
                position,
                null,
                new SqlNodeList(row.getOperandList(), position),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
