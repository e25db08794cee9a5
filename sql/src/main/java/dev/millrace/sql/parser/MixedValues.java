package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.util.SqlShuttle;

/** Refuses {@code VALUES} where a quoted literal stands beside values of other types, whose type it has in Postgres. */
final class MixedValues extends SqlShuttle {
    private final SourceText source;

    MixedValues(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.VALUES && isMixed(call.getOperandList())) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "VALUES of a quoted literal beside values of other types cannot be kept live yet; cast it",
                    call.getParserPosition().getLineNum(),
                    call.getParserPosition().getColumnNum());
        }
        return super.visit(call);
    }

    private static boolean isMixed(List<SqlNode> rows) {
        boolean regular = rows.stream()
                .allMatch(row -> row instanceof SqlCall values
                        && values.getKind() == SqlKind.ROW
                        && values.operandCount() == ((SqlCall) rows.getFirst()).operandCount());
        return regular
                && IntStream.range(0, ((SqlCall) rows.getFirst()).operandCount())
                        .anyMatch(column -> {
                            List<SqlNode> values = rows.stream()
                                    .<SqlNode>map(row -> ((SqlCall) row).operand(column))
                                    .filter(value -> !SqlUtil.isNullLiteral(value, false))
                                    .toList();
                            long quoted = values.stream()
                                    .filter(SqlCharStringLiteral.class::isInstance)
                                    .count();
                            return quoted > 0 && quoted < values.size();
                        });
    }
}
