package dev.millrace.sql.statement;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.parser.PlainSelect;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Pieces of syntax trees, for the queries that statements are compiled to. */
final class Syntax {
    private Syntax() {}

    /** {@code SELECT items}. */
    static SqlSelect select(List<SqlNode> items) {
        return select(items, null, null);
    }

    static SqlSelect select(List<SqlNode> items, @Nullable SqlNode from, @Nullable SqlNode where) {
        return PlainSelect.of(items, from, where, SqlParserPos.ZERO);
    }

    /** {@code table AS alias}. */
    static SqlNode table(List<String> path, String alias, SqlParserPos position) {
        return SqlStdOperatorTable.AS.createCall(
                position, new SqlIdentifier(path, position), new SqlIdentifier(alias, position));
    }

    /** {@code value AS name}. */
    static SqlNode named(SqlNode value, String name) {
        SqlParserPos position = value.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(position, value, new SqlIdentifier(name, position));
    }

    /** {@code alias.column}. */
    static SqlNode column(String alias, String column, SqlParserPos position) {
        return new SqlIdentifier(List.of(alias, column), position);
    }

    /** {@code left JOIN right ON leftColumn = rightColumn}. */
    static SqlNode pairs(SqlNode left, SqlNode right, SqlNode leftColumn, SqlNode rightColumn) {
        SqlParserPos position = left.getParserPosition();
        return new SqlJoin(
                position,
                left,
                SqlLiteral.createBoolean(false, position),
                JoinType.INNER.symbol(position),
                right,
                JoinConditionType.ON.symbol(position),
                SqlStdOperatorTable.EQUALS.createCall(position, leftColumn, rightColumn));
    }

    /** The value cast to a type, which a parameter needs to have one. A char(n) is written as text. */
    static SqlNode typed(SqlNode value, ColumnType type) {
        DataType wanted = type.type() == DataType.CHAR ? DataType.TEXT : type.type();
        String name = wanted.isArray() ? wanted.element().sqlName() + "[]" : wanted.sqlName();
        SqlCall cast = (SqlCall) QueryParser.expression(new SourceText("NULL::" + name));
        return SqlStdOperatorTable.CAST.createCall(value.getParserPosition(), value, cast.operand(1));
    }

    /** Whether this is a quoted literal or NULL, which have the type that their place wants. */
    static boolean isQuoted(SqlNode node) {
        return node instanceof SqlCharStringLiteral || SqlUtil.isNullLiteral(node, false);
    }
}
