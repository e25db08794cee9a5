package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.tablefunction.TableFunctions;
import dev.millrace.sql.tablefunction.TableOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * A table function in a select list, which gives a row for each of its rows: {@code SELECT a, unnest(b) FROM t} is {@code SELECT a, u FROM t, unnest(b) AS u}. One that is grouped by is expanded before the grouping,
 * as in Postgres. Beside what Postgres computes before it expands the others (aggregates and window functions) they are refused.
 */
final class SelectedRows extends SqlShuttle {
    /** Calls that the parser does not resolve and that are no aggregates. */
    private static final Set<String> PLAIN = Set.of("coalesce", "nullif", "greatest", "least");

    private final SourceText source;
    private @Nullable SqlCall found;
    /** Whether it stands where it may not be computed for each row, or another does. */
    private boolean elsewhere;
    /** Whether there is what is computed of several rows. */
    private boolean aggregates;

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
        boolean grouped = select.getGroup() != null && rows.isKey(select);
        boolean ungrouped = select.getGroup() == null && select.getHaving() == null && !rows.aggregates;
        if (rows.elsewhere || !(grouped || ungrouped)) {
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
        SqlNodeList keys = select.getGroup();
        if (keys != null) {
            select.setGroupBy((SqlNodeList) Objects.requireNonNull(keys.accept(new SelectedRows(source))));
        }
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

    /** Whether an item with the function is grouped by, as it stands or by its number or name. */
    private boolean isKey(SqlSelect select) {
        SqlNodeList keys = Objects.requireNonNull(select.getGroup());
        for (int i = 0; i < select.getSelectList().size(); i++) {
            SqlNode item = select.getSelectList().get(i);
            boolean aliased = item.getKind() == SqlKind.AS;
            SqlNode value = aliased ? ((SqlCall) item).operand(0) : item;
            String number = Integer.toString(i + 1);
            boolean key = keys.stream()
                    .anyMatch(given -> given.equalsDeep(value, Litmus.IGNORE)
                            || (given instanceof SqlNumericLiteral
                                    && given.toString().equals(number))
                            || (aliased && given.equalsDeep(((SqlCall) item).operand(1), Litmus.IGNORE)));
            if (new SelectedRows(source).finds(value)) {
                return key;
            }
        }
        return false;
    }

    private boolean finds(SqlNode value) {
        value.accept(this);
        return found != null;
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
        aggregates |= aggregate
                || call.getKind() == SqlKind.OVER
                || call.getOperator().isAggregator();
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
        elsewhere |= found != null || inside > 0;
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
