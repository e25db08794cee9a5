package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds where a query reads a table of a {@code WITH} list by its name, and whether it may do so there if that table is the query itself. */
final class RecursiveReferences extends SqlBasicVisitor<@Nullable Void> {
    private final String name;
    private final List<Reference> found = new ArrayList<>();
    private Place place = Place.FREE;
    private boolean isTable = true;

    /** Where a reference stands; all but the first is refused. */
    enum Place {
        FREE(""),
        SUBQUERY("within a subquery"),
        OUTER_JOIN("within an outer join"),
        INTERSECT("within INTERSECT"),
        EXCEPT("within EXCEPT");

        private final String words;

        Place(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    record Reference(SqlIdentifier table, Place place) {}

    private RecursiveReferences(String name) {
        this.name = name;
    }

    static List<Reference> find(SqlNode query, String name) {
        RecursiveReferences references = new RecursiveReferences(name);
        query.accept(references);
        return references.found;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier identifier) {
        if (isTable && identifier.isSimple() && identifier.getSimple().equals(name)) {
            found.add(new Reference(identifier, place));
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        switch (call) {
            case SqlSelect select -> select(select);
            case SqlJoin join -> {
                JoinType kind = join.getJoinType();
                boolean leftMayMiss = kind == JoinType.RIGHT || kind == JoinType.FULL;
                boolean rightMayMiss = kind == JoinType.LEFT || kind == JoinType.FULL;
                table(join.getLeft(), leftMayMiss ? Place.OUTER_JOIN : place);
                table(join.getRight(), rightMayMiss ? Place.OUTER_JOIN : place);
                if (join.getCondition() != null) {
                    expression(join.getCondition());
                }
            }
            case SqlWith with -> with(with);
            case SqlCall set
            when set.getOperator() instanceof SqlSetOperator operator -> {
                for (int i = 0; i < set.operandCount(); i++) {
                    boolean right = i > 0;
                    table(
                            set.operand(i),
                            switch (set.getKind()) {
                                case INTERSECT -> operator.isAll() ? Place.INTERSECT : place;
                                case EXCEPT -> right || operator.isAll() ? Place.EXCEPT : place;
                                default -> place;
                            });
                }
            }
            default -> {
                switch (call.getKind()) {
                    case AS, LATERAL, EXPLICIT_TABLE, TABLESAMPLE, ORDER_BY -> table(call.operand(0), place);
                    default ->
                        call.getOperandList().stream().filter(Objects::nonNull).forEach(this::expression);
                }
            }
        }
        return null;
    }

    private void select(SqlSelect select) {
        for (SqlNode operand : select.getOperandList()) {
            if (operand != null && operand.equals(select.getFrom())) {
                table(operand, place);
            } else if (operand != null) {
                expression(operand);
            }
        }
    }

    /** A table of the list with this name hides the one that is looked for from those that follow, and from itself if the list is recursive. */
    private void with(SqlWith with) {
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            boolean hides = item.name.getSimple().equals(name);
            if (!hides || !item.recursive.booleanValue()) {
                table(item.query, place);
            }
            if (hides) {
                return;
            }
        }
        table(with.body, place);
    }

    private void table(SqlNode table, Place at) {
        visit(table, at, true);
    }

    /** Whatever is read within an expression is a subquery's. */
    private void expression(SqlNode expression) {
        visit(expression, Place.SUBQUERY, false);
    }

    private void visit(SqlNode node, Place at, boolean table) {
        Place before = place;
        boolean wasTable = isTable;
        place = at;
        isTable = table;
        node.accept(this);
        place = before;
        isTable = wasTable;
    }
}
