package dev.millrace.sql.plan;

import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.plan.VisibleTables.Visible;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a table's key determines need not be named in GROUP BY: {@code SELECT u.id, u.name, count(*) … GROUP BY u.id} is {@code … GROUP BY u.id, u.name}. What is added
 * are the other columns of such tables that stand outside aggregates; the groups stay the same.
 */
final class DependentColumns {
    private final SqlSelect select;
    private final VisibleTables tables;
    /** The tables whose keys are grouped by, by name. */
    private final Map<String, Visible> determined = new HashMap<>();

    private final Set<List<String>> added = new LinkedHashSet<>();

    private DependentColumns(SqlSelect select, VisibleTables tables) {
        this.select = select;
        this.tables = tables;
    }

    /** @param tables that the clauses of the query see */
    static void addTo(SqlSelect select, VisibleTables tables) {
        SqlNodeList group = select.getGroup();
        if (group != null
                && group.stream()
                        .noneMatch(item -> item.isA(Set.of(SqlKind.ROLLUP, SqlKind.CUBE, SqlKind.GROUPING_SETS)))) {
            new DependentColumns(select, tables).addTo(group);
        }
    }

    private void addTo(SqlNodeList group) {
        Map<String, Set<String>> grouped = new HashMap<>();
        for (SqlNode item : group) {
            meant(item)
                    .flatMap(this::column)
                    .ifPresent(column -> grouped.computeIfAbsent(column.getFirst(), _ -> new LinkedHashSet<>())
                            .add(column.getLast()));
        }
        grouped.forEach((name, columns) -> tables.named(name)
                .filter(table -> {
                    Set<String> key = key(table);
                    return !key.isEmpty() && columns.containsAll(key);
                })
                .ifPresent(table -> determined.put(name, table)));
        if (determined.isEmpty()) {
            return;
        }
        Columns columns = new Columns();
        select.getSelectList().forEach(columns::visitItem);
        for (@Nullable SqlNode clause : new SqlNode[] {select.getHaving(), select.getOrderList()}) {
            if (clause != null) {
                clause.accept(columns);
            }
        }
        grouped.forEach((name, all) -> all.forEach(column -> added.remove(List.of(name, column))));
        added.forEach(column -> group.add(new SqlIdentifier(column, group.getParserPosition())));
    }

    /** What an item of GROUP BY means: that of the select list whose number or name it is, or itself. */
    private Optional<SqlIdentifier> meant(SqlNode item) {
        SqlNode node = item;
        SqlNodeList items = select.getSelectList();
        if (item instanceof SqlNumericLiteral literal && literal.isInteger()) {
            int number = literal.intValue(true);
            node = number >= 1 && number <= items.size() ? items.get(number - 1) : item;
        } else if (item instanceof SqlIdentifier name
                && name.isSimple()
                && column(name).isEmpty()) {
            node = items.stream()
                    .filter(selected -> selected.getKind() == SqlKind.AS
                            && ((SqlCall) selected).operand(1) instanceof SqlIdentifier alias
                            && alias.getSimple().equals(name.getSimple()))
                    .findFirst()
                    .orElse(item);
        }
        SqlNode plain = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
        return plain instanceof SqlIdentifier identifier ? Optional.of(identifier) : Optional.empty();
    }

    /** The table and the name of a column of this query's own. */
    private Optional<List<String>> column(SqlIdentifier identifier) {
        if (identifier.isStar() || identifier.names.size() > 2) {
            return Optional.empty();
        }
        String column = identifier.names.getLast();
        String table = identifier.isSimple() ? tables.tableOf(column).orElse("") : identifier.names.getFirst();
        return tables.named(table)
                .filter(found -> found.columns().stream()
                        .anyMatch(field -> field.getName().equals(column)))
                .map(_ -> List.of(table, column));
    }

    /** The names of a table's key; none if it has none. */
    private static Set<String> key(Visible visible) {
        Set<String> names = new LinkedHashSet<>();
        if (visible.namespace().getTable() != null) {
            PlannedTable planned = visible.namespace().getTable().unwrap(PlannedTable.class);
            if (planned != null) {
                List<CatalogTable.Column> columns = planned.table().columns();
                planned.table()
                        .key()
                        .forEach(column -> names.add(columns.get(column).name()));
            }
        }
        return names;
    }

    /** Notes the columns of determined tables outside of aggregates. Within subqueries only a table's name tells whose a column is. */
    private final class Columns extends SqlBasicVisitor<@Nullable Void> {
        private int subqueries;

        void visitItem(SqlNode item) {
            SqlNode node = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if (node instanceof SqlIdentifier star && star.isStar()) {
                determined.forEach((name, table) -> {
                    if (star.names.size() == 1 || star.names.getFirst().equals(name)) {
                        table.columns().forEach(column -> added.add(List.of(name, column.getName())));
                    }
                });
            } else {
                node.accept(this);
            }
        }

        @Override
        public @Nullable Void visit(SqlIdentifier identifier) {
            if (subqueries == 0 || !identifier.isSimple()) {
                column(identifier)
                        .filter(column -> determined.containsKey(column.getFirst()))
                        .ifPresent(added::add);
            }
            return null;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.getOperator().isAggregator()) {
                return null;
            }
            subqueries += call.isA(SqlKind.QUERY) ? 1 : 0;
            super.visit(call);
            subqueries -= call.isA(SqlKind.QUERY) ? 1 : 0;
            return null;
        }
    }
}
