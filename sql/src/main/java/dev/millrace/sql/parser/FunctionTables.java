package dev.millrace.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Gives a table function in FROM, {@code UNNEST} among them, what Postgres gives it: without an alias it is called as the function is, its
 * one column is called as it is if no other name is given, and it may speak of the tables on its left without LATERAL.
 */
final class FunctionTables extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select && select.getFrom() != null) {
            select.setFrom(named(select.getFrom()));
        } else if (visited instanceof SqlJoin join) {
            join.setLeft(named(join.getLeft()));
            join.setRight(named(join.getRight()));
        }
        return visited;
    }

    private static SqlNode named(SqlNode table) {
        boolean aliased = table.getKind() == SqlKind.AS;
        SqlNode source = aliased ? ((SqlCall) table).operand(0) : table;
        SqlNode function = source.getKind() == SqlKind.LATERAL ? ((SqlCall) source).operand(0) : source;
        if (!isFunction(function)) {
            return table;
        }
        SqlParserPos position = function.getParserPosition();
        SqlNode lateral = function.getKind() == SqlKind.UNNEST
                ? function
                : SqlStdOperatorTable.LATERAL.createCall(position, function);
        if (!aliased) {
            SqlIdentifier name = new SqlIdentifier(nameOf((SqlCall) function), position);
            return SqlStdOperatorTable.AS.createCall(position, lateral, name, name);
        }
        List<SqlNode> operands = new ArrayList<>(((SqlCall) table).getOperandList());
        operands.set(0, lateral);
        if (operands.size() == 2) {
            operands.add(operands.getLast());
        }
        return SqlStdOperatorTable.AS.createCall(position, operands);
    }

    private static boolean isFunction(SqlNode node) {
        return node instanceof SqlBasicCall call
                && ((call.getKind() == SqlKind.UNNEST
                                && call.operandCount() == 1
                                && call.getOperator().equals(SqlStdOperatorTable.UNNEST))
                        || call.getKind() == SqlKind.COLLECTION_TABLE);
    }

    private static String nameOf(SqlCall function) {
        SqlCall named = function.getKind() == SqlKind.UNNEST ? function : function.operand(0);
        return named.getOperator().getName().toLowerCase(Locale.ROOT);
    }
}
