package dev.millrace.sql.parser;

import static org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants.*;

import dev.millrace.error.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.Token;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;

/**
 * {@code DISTINCT ON}: the first row of each group in the order given, which is row number one.
 *
 * <pre>
 * SELECT DISTINCT ON (keys) items FROM …     SELECT items FROM …
 * ORDER BY order                          →   QUALIFY ROW_NUMBER() OVER (PARTITION BY keys ORDER BY order) = 1
 *                                             ORDER BY order
 * </pre>
 *
 * The parser does not know it, so the keys reach it as the arguments of a call that is selected first.
 */
final class DistinctOn extends SqlShuttle {
    /** No function has this name. */
    private static final String MARKER = "distinct on";

    private final SourceText source;

    DistinctOn(SourceText source) {
        this.source = source;
    }

    /** Writes {@code SELECT DISTINCT ON (keys) items} as {@code SELECT "distinct on" (keys), items}. */
    static List<Token> rewrite(List<Token> tokens) {
        List<Token> rewritten = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            boolean applies = at >= 1
                    && at + 2 < tokens.size()
                    && tokens.get(at - 1).kind == SELECT
                    && tokens.get(at).kind == DISTINCT
                    && tokens.get(at + 1).kind == ON
                    && tokens.get(at + 2).kind == LPAREN;
            if (!applies) {
                rewritten.add(tokens.get(at));
                continue;
            }
            rewritten.add(InfixCasts.made(QUOTED_IDENTIFIER, '"' + MARKER + '"', tokens.get(at)));
            int end = closing(tokens, at + 2);
            rewritten.addAll(rewrite(tokens.subList(at + 2, end)));
            if (end < tokens.size()) {
                rewritten.add(InfixCasts.made(COMMA, ",", tokens.get(end - 1)));
            }
            at = end - 1;
        }
        return rewritten;
    }

    /** The position after the parenthesis that closes the one opened here, or the end. */
    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            depth += tokens.get(at).kind == LPAREN ? 1 : tokens.get(at).kind == RPAREN ? -1 : 0;
            if (depth == 0) {
                return at + 1;
            }
        }
        return tokens.size();
    }

    @Override
    public SqlNode visit(SqlCall call) {
        switch (call) {
            case SqlOrderBy ordered
            when selectOf(ordered.query) instanceof SqlSelect select -> qualify(select, ordered.orderList);
            case SqlSelect select -> qualify(select, SqlNodeList.EMPTY);
            default -> {}
        }
        return super.visit(call);
    }

    private static SqlNode selectOf(SqlNode query) {
        return query instanceof SqlWith with ? selectOf(with.body) : query;
    }

    private void qualify(SqlSelect select, SqlNodeList order) {
        List<SqlNode> items = select.getSelectList();
        if (!isMarker(items.getFirst())) {
            return;
        }
        SqlCall marker = (SqlCall) items.getFirst();
        SqlParserPos position = marker.getParserPosition();
        items = List.copyOf(items.subList(1, items.size()));
        select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode key : marker.getOperandList()) {
            keys.add(selected(key, items));
        }
        List<SqlNode> orders = new ArrayList<>();
        for (SqlNode each : order) {
            orders.add(withSelected(each, items));
        }
        if (keys.isEmpty() || select.getQualify() != null) {
            throw error(
                    ErrorCode.SYNTAX_ERROR,
                    keys.isEmpty() ? "syntax error: DISTINCT ON of nothing" : "syntax error: DISTINCT ON with QUALIFY",
                    position);
        }
        requireInitial(keys, orders);
        SqlNode window = SqlWindow.create(
                null,
                null,
                new SqlNodeList(keys, position),
                new SqlNodeList(orders, position),
                SqlLiteral.createBoolean(false, position),
                null,
                null,
                null,
                position);
        SqlNode number = SqlStdOperatorTable.OVER.createCall(
                position, SqlStdOperatorTable.ROW_NUMBER.createCall(position), window);
        select.setQualify(
                SqlStdOperatorTable.EQUALS.createCall(position, number, SqlLiteral.createExactNumeric("1", position)));
    }

    private static boolean isMarker(SqlNode item) {
        return item instanceof SqlCall call && call.getOperator().getName().equals(MARKER);
    }

    /** As many of the order's first expressions as there are keys must be keys; fewer may be if the order ends there. */
    private void requireInitial(List<SqlNode> keys, List<SqlNode> order) {
        List<SqlNode> missing = new ArrayList<>(keys);
        for (SqlNode each : order) {
            if (missing.isEmpty()) {
                return;
            }
            SqlNode expression = expressionOf(each);
            boolean isKey = keys.stream().anyMatch(key -> isSame(key, expression));
            if (!isKey) {
                throw error(
                        ErrorCode.INVALID_QUERY,
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                        missing.getFirst().getParserPosition());
            }
            missing.removeIf(key -> isSame(key, expression));
        }
    }

    private static boolean isSame(SqlNode left, SqlNode right) {
        if (left instanceof SqlIdentifier one && right instanceof SqlIdentifier other) {
            // Of a column's name with its table and without, both are of the one column, as the name alone would be
            // ambiguous else.
            boolean simple = one.isSimple() || other.isSimple();
            return simple ? one.names.getLast().equals(other.names.getLast()) : one.names.equals(other.names);
        }
        return left.equalsDeep(right, Litmus.IGNORE);
    }

    private static SqlNode expressionOf(SqlNode order) {
        return switch (order.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> expressionOf(((SqlCall) order).operand(0));
            default -> order;
        };
    }

    private SqlNode withSelected(SqlNode order, List<SqlNode> items) {
        return switch (order.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
                SqlCall call = (SqlCall) order;
                yield call.getOperator().createCall(call.getParserPosition(), withSelected(call.operand(0), items));
            }
            default -> selected(order, items);
        };
    }

    /** What is selected under this name or at this place; else the expression itself. */
    private SqlNode selected(SqlNode expression, List<SqlNode> items) {
        if (expression instanceof SqlNumericLiteral number && number.isInteger()) {
            BigDecimal place = number.bigDecimalValue();
            boolean starred = items.stream().anyMatch(item -> item instanceof SqlIdentifier column && column.isStar());
            if (starred) {
                throw error(
                        ErrorCode.UNSUPPORTED_SQL,
                        "DISTINCT ON with the number of a column beside a star cannot be kept live yet; name the column",
                        expression.getParserPosition());
            }
            if (place == null || place.signum() <= 0 || place.compareTo(BigDecimal.valueOf(items.size())) > 0) {
                throw error(
                        ErrorCode.INVALID_QUERY,
                        "position " + place + " is not in select list",
                        expression.getParserPosition());
            }
            return withoutAlias(items.get(place.intValue() - 1));
        }
        if (expression instanceof SqlIdentifier name && name.isSimple()) {
            return items.stream()
                    .filter(item -> item.getKind() == SqlKind.AS
                            && ((SqlIdentifier) ((SqlCall) item).operand(1))
                                    .getSimple()
                                    .equals(name.getSimple()))
                    .findFirst()
                    .map(DistinctOn::withoutAlias)
                    .orElse(expression);
        }
        return expression;
    }

    private static SqlNode withoutAlias(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    private RuntimeException error(ErrorCode code, String what, SqlParserPos position) {
        return source.error(code, what, position.getLineNum(), position.getColumnNum());
    }
}
