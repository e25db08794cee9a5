package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.tablefunction.TableFunctions;
import dev.millrace.sql.tablefunction.TableOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * A table function in a select list, which gives a row for each of its rows: {@code SELECT a, unnest(b) FROM t} is {@code SELECT a, u FROM t, unnest(b) AS u}. Beside what Postgres computes before it
 * expands such functions (aggregates and window functions) it is refused.
 */
final class SelectedRows extends SqlShuttle {
    /** Calls that the parser does not resolve and that are no aggregates. */
    private static final Set<String> PLAIN = Set.of("coalesce", "nullif", "greatest", "least");

    private final SourceText source;
    private @Nullable SqlCall found;
    private @Nullable SqlCall hindrance;
    private int inside;

    private SelectedRows(SourceText source) {
        this.source = source;
    }

    static void moveToFrom(SqlSelect select, SourceText source) {
        SelectedRows rows = new SelectedRows(source);
        SqlNodeList items = (SqlNodeList) select.getSelectList().accept(rows);
        SqlCall function = rows.found;
        if (function == null || items == null) {
            return;
        }
        if (rows.hindrance != null || select.getGroup() != null || select.getHaving() != null) {
            throw rows.refused(
                    function,
                    "beside an aggregate, a window function, GROUP BY or another such function, or within CASE or COALESCE,");
        }
        SqlParserPos position = function.getParserPosition();
        SqlNode table = SqlStdOperatorTable.AS.createCall(
                position,
                SqlStdOperatorTable.COLLECTION_TABLE.createCall(position, function),
                new SqlIdentifier(aliasOf(function), position),
                new SqlIdentifier(nameOf(function), position));
        SqlNode from = select.getFrom();
        select.setSelectList(rows.withoutFunction(items, from, function));
        select.setFrom(
                from == null
                        ? table
                        : new SqlJoin(
                                position,
                                from,
                                SqlLiteral.createBoolean(false, position),
                                JoinType.COMMA.symbol(position),
                                FunctionTables.named(table, source),
                                JoinConditionType.NONE.symbol(position),
                                null));
    }

    /** A star stands for the columns of the tables that were there before. */
    private SqlNodeList withoutFunction(SqlNodeList items, @Nullable SqlNode from, SqlCall function) {
        List<SqlNode> all = new ArrayList<>();
        for (SqlNode item : items) {
            boolean star = item instanceof SqlIdentifier column && column.isStar() && column.names.size() == 1;
            if (star && from != null) {
                addStars(from, function, all);
            } else {
                all.add(item);
            }
        }
        return new SqlNodeList(all, items.getParserPosition());
    }

    private void addStars(SqlNode from, SqlCall function, List<SqlNode> stars) {
        switch (from) {
            case SqlJoin join
            when !join.isNatural() && join.getConditionType() != JoinConditionType.USING -> {
                addStars(join.getLeft(), function, stars);
                addStars(join.getRight(), function, stars);
            }
            case SqlIdentifier table -> stars.add(star(table.names.getLast(), table.getParserPosition()));
            case SqlCall call
            when call.getKind() == SqlKind.AS ->
                stars.add(star(((SqlIdentifier) call.operand(1)).getSimple(), call.getParserPosition()));
            default -> throw refused(function, "beside * over such tables");
        }
    }

    private static SqlNode star(String table, SqlParserPos position) {
        return SqlIdentifier.star(List.of(table, ""), position, List.of(position, position));
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            return call;
        }
        if (call.getOperator() instanceof SqlUnresolvedFunction
                && TableFunctions.find(nameOf(call)).isPresent()) {
            return moved(call);
        }
        boolean aggregate = call.getOperator() instanceof SqlUnresolvedFunction && !PLAIN.contains(nameOf(call));
        if (aggregate || call.getKind() == SqlKind.OVER || call.getOperator().isAggregator()) {
            hindrance = call;
        }
        boolean conditional = call.getKind() == SqlKind.CASE || PLAIN.contains(nameOf(call));
        inside += conditional ? 1 : 0;
        SqlNode visited = super.visit(call);
        inside -= conditional ? 1 : 0;
        return visited;
    }

    private SqlNode moved(SqlCall call) {
        boolean several = TableFunctions.find(nameOf(call))
                .map(TableOperator::columnNames)
                .filter(names -> names.size() > 1)
                .isPresent();
        if (several || (nameOf(call).equals("unnest") && call.operandCount() > 1)) {
            throw refused(call, "that gives several columns");
        }
        if (found != null || inside > 0) {
            hindrance = call;
        }
        found = call;
        return new SqlIdentifier(List.of(aliasOf(call), nameOf(call)), call.getParserPosition());
    }

    private MillraceException refused(SqlCall function, String why) {
        return source.error(
                ErrorCode.UNSUPPORTED_SQL,
                "the function " + nameOf(function) + " in a select list " + why
                        + " cannot be kept live yet; write it in FROM",
                function.getParserPosition().getLineNum(),
                function.getParserPosition().getColumnNum());
    }

    private static String nameOf(SqlCall call) {
        return call.getOperator().getName().toLowerCase(Locale.ROOT);
    }

    /** No name of a query's own. */
    private static String aliasOf(SqlCall function) {
        return nameOf(function) + " of the select list";
    }
}
