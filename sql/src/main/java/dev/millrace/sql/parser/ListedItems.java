package dev.millrace.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Has the items of {@code IN (a, b, …)} compared in Postgres's order: if several do not depend on a row, these come first, as one array. What they decide spares the others, which may be data
 * errors.
 */
final class ListedItems extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlCall in
                && (in.getKind() == SqlKind.IN || in.getKind() == SqlKind.NOT_IN)
                && in.operand(1) instanceof SqlNodeList items) {
            in.setOperand(1, ordered(items));
        }
        return visited;
    }

    private static SqlNodeList ordered(SqlNodeList items) {
        List<SqlNode> steady = items.stream().filter(item -> !readsColumn(item)).toList();
        if (steady.size() < 2 || steady.size() == items.size()) {
            return items;
        }
        List<SqlNode> ordered = new ArrayList<>(steady);
        items.stream().filter(ListedItems::readsColumn).forEach(ordered::add);
        return new SqlNodeList(ordered, items.getParserPosition());
    }

    private static boolean readsColumn(SqlNode item) {
        boolean[] found = {false};
        item.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                found[0] |= !CurrentTimes.isOne(name);
                return null;
            }
        });
        return found[0];
    }
}
