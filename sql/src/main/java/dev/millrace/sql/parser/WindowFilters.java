package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.sql.function.WindowOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** Writes {@code f(x) FILTER (WHERE c) OVER w} as {@code f(CASE WHEN c THEN x END) OVER w}, as aggregates leave NULL out. */
final class WindowFilters extends SqlShuttle {
    private final SourceText source;

    WindowFilters(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited.getKind() != SqlKind.OVER || !(visited instanceof SqlBasicCall over)) {
            return visited;
        }
        if (over.operand(0).getKind() == SqlKind.FILTER) {
            SqlCall filter = over.operand(0);
            over.setOperand(0, filtered(filter.operand(0), filter.operand(1)));
        }
        return over;
    }

    private SqlNode filtered(SqlCall aggregate, SqlNode condition) {
        SqlParserPos position = aggregate.getParserPosition();
        if (WindowOperator.isNamed(aggregate.getOperator().getName())
                || aggregate.getOperandList().isEmpty()) {
            throw source.error(
                    ErrorCode.INVALID_QUERY,
                    "FILTER is not implemented for non-aggregate window functions",
                    position.getLineNum(),
                    position.getColumnNum());
        }
        List<SqlNode> arguments = new ArrayList<>(aggregate.getOperandList());
        SqlNode value = arguments.getFirst();
        if (value instanceof SqlIdentifier identifier && identifier.isStar()) {
            value = SqlLiteral.createExactNumeric("1", position);
        }
        arguments.set(
                0,
                new SqlCase(
                        position,
                        null,
                        SqlNodeList.of(condition),
                        SqlNodeList.of(value),
                        SqlLiteral.createNull(position)));
        return aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), position, arguments);
    }
}
