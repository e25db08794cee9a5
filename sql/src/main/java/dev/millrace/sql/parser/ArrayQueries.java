package dev.millrace.sql.parser;

import dev.millrace.sql.function.AggregateOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;

/**
 * Writes {@code ARRAY(SELECT x FROM t ORDER BY y)} as {@code (SELECT coalesce(array_agg(v ORDER BY k), '{}') FROM (SELECT x, y FROM t) AS q(v, k))}. Of a query that is no plain SELECT the only column is
 * what it can be ordered by.
 */
final class ArrayQueries extends SqlShuttle {
    private static final String NAME = "array";

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        return visited instanceof SqlCall made && made.getKind() == SqlKind.ARRAY_QUERY_CONSTRUCTOR
                ? array(made.operand(0), made.getParserPosition())
                : visited;
    }

    private static SqlNode array(SqlNode query, SqlParserPos position) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        List<SqlNode> names = new ArrayList<>(List.of(name("value", position)));
        List<SqlNode> order = new ArrayList<>();
        List<SqlNode> keys = new ArrayList<>();
        if (query instanceof SqlOrderBy ordered) {
            for (SqlNode item : ordered.orderList) {
                SqlNode key = withoutDirection(item);
                boolean isValue = !(body instanceof SqlSelect select) || select.isDistinct() || isItem(key, select);
                if (!isValue) {
                    keys.add(key);
                    names.add(name("key " + keys.size(), position));
                }
                order.add(withDirection(item, isValue ? names.getFirst() : names.getLast()));
            }
        }
        if (body instanceof SqlSelect select && !keys.isEmpty()) {
            List<SqlNode> items = new ArrayList<>(select.getSelectList());
            items.addAll(keys);
            select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        }
        boolean limited = query instanceof SqlOrderBy ordered && (ordered.fetch != null || ordered.offset != null);
        List<SqlNode> rows = new ArrayList<>(List.of(limited ? query : body, name("rows of the array", position)));
        rows.addAll(names);
        SqlNode collected = order.isEmpty()
                ? AggregateOperator.ARRAY_AGG.createCall(position, names.getFirst())
                : AggregateOperator.ARRAY_AGG.createCall(position, names.getFirst(), new SqlNodeList(order, position));
        SqlNode orEmpty = SqlStdOperatorTable.COALESCE.createCall(
                position, collected, SqlLiteral.createCharString("{}", position));
        return PlainSelect.of(
                List.of(SqlStdOperatorTable.AS.createCall(position, orEmpty, name(NAME, position))),
                SqlStdOperatorTable.AS.createCall(position, rows),
                null,
                position);
    }

    /** Whether what is ordered by is the selected value: the number 1, its name or itself. */
    private static boolean isItem(SqlNode key, SqlSelect select) {
        SqlNode item = select.getSelectList().get(0);
        boolean alias = item instanceof SqlCall named
                && named.getKind() == SqlKind.AS
                && key instanceof SqlIdentifier identifier
                && identifier.isSimple()
                && identifier.getSimple().equals(((SqlIdentifier) named.operand(1)).getSimple());
        boolean number =
                key instanceof SqlLiteral literal && literal.getTypeName().getFamily() == SqlTypeFamily.NUMERIC;
        return alias || number || key.equalsDeep(item, Litmus.IGNORE);
    }

    private static SqlNode withoutDirection(SqlNode item) {
        return isDirection(item) ? withoutDirection(((SqlCall) item).operand(0)) : item;
    }

    private static SqlNode withDirection(SqlNode item, SqlNode key) {
        return isDirection(item)
                ? ((SqlCall) item)
                        .getOperator()
                        .createCall(item.getParserPosition(), withDirection(((SqlCall) item).operand(0), key))
                : key;
    }

    private static boolean isDirection(SqlNode item) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> true;
            default -> false;
        };
    }

    private static SqlIdentifier name(String name, SqlParserPos position) {
        return new SqlIdentifier(name, position);
    }
}
