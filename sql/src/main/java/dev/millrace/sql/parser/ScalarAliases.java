package dev.millrace.sql.parser;

import dev.millrace.sql.tablefunction.TableFunctions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/** In {@code SELECT e ->> 'a' FROM t, json_array_elements(j) AS e}, where the function's column has a name of its own, {@code e} is {@code e.value}. */
final class ScalarAliases extends SqlShuttle {
    /** The column of each alias. */
    private final Map<String, String> columns = new HashMap<>();

    private ScalarAliases(SqlNode from) {
        collect(from);
    }

    static void replaceIn(SqlSelect select) {
        ScalarAliases aliases = new ScalarAliases(select.getFrom());
        if (aliases.columns.isEmpty()) {
            return;
        }
        select.setSelectList(new SqlNodeList(
                select.getSelectList().stream().map(aliases::item).toList(),
                select.getSelectList().getParserPosition()));
        select.setFrom(select.getFrom().accept(aliases));
        if (select.getWhere() != null) {
            select.setWhere(select.getWhere().accept(aliases));
        }
        if (select.getGroup() != null) {
            select.setGroupBy((SqlNodeList) select.getGroup().accept(aliases));
        }
        if (select.getHaving() != null) {
            select.setHaving(select.getHaving().accept(aliases));
        }
    }

    static SqlNode replaceIn(SqlOrderBy ordered, SqlSelect select) {
        ScalarAliases aliases = new ScalarAliases(select.getFrom());
        return aliases.columns.isEmpty()
                ? ordered
                : new SqlOrderBy(
                        ordered.getParserPosition(),
                        ordered.query,
                        new SqlNodeList(
                                ordered.orderList.stream()
                                        .map(item -> item instanceof SqlIdentifier ? item : item.accept(aliases))
                                        .toList(),
                                ordered.orderList.getParserPosition()),
                        ordered.offset,
                        ordered.fetch);
    }

    private void collect(SqlNode from) {
        if (from instanceof SqlJoin join) {
            collect(join.getLeft());
            collect(join.getRight());
        } else if (from instanceof SqlCall alias && alias.getKind() == SqlKind.AS) {
            SqlNode lateral = alias.operand(0);
            SqlNode table = lateral.getKind() == SqlKind.LATERAL ? ((SqlCall) lateral).operand(0) : lateral;
            if (table.getKind() == SqlKind.COLLECTION_TABLE) {
                SqlCall function = ((SqlCall) table).operand(0);
                TableFunctions.find(function.getOperator().getName())
                        .filter(known -> known.columnNames().size() == 1 && alias.operandCount() == 3)
                        .ifPresent(known -> columns.put(
                                ((SqlIdentifier) alias.operand(1)).getSimple(),
                                ((SqlIdentifier) alias.operand(2)).getSimple()));
            }
        }
    }

    /** An item of the select list that is an alias alone keeps its name. */
    private SqlNode item(SqlNode item) {
        SqlNode replaced = item.accept(this);
        boolean alone =
                item instanceof SqlIdentifier alias && alias.isSimple() && columns.containsKey(alias.getSimple());
        return alone ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), replaced, item) : replaced;
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        String column = identifier.isSimple() ? columns.get(identifier.getSimple()) : null;
        return column == null
                ? identifier
                : new SqlIdentifier(List.of(identifier.getSimple(), column), identifier.getParserPosition());
    }

    /** Names that are no columns stay. */
    @Override
    public SqlNode visit(SqlCall call) {
        if (call.getKind() == SqlKind.AS) {
            SqlCall renamed = (SqlCall) call.clone(call.getParserPosition());
            renamed.setOperand(0, call.operand(0).accept(this));
            return renamed;
        }
        return super.visit(call);
    }
}
