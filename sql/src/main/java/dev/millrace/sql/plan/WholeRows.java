package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.function.JsonAggregates;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.plan.VisibleTables.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Whole rows of a table where JSON is made of them or they are counted: {@code to_jsonb(t)} is {@code jsonb_build_object('a', t.a, 'b', t.b)}, {@code json_agg(t)} is that of such documents,
 * {@code to_jsonb((SELECT r FROM (SELECT …) AS r))} is {@code to_jsonb((SELECT to_jsonb(r) FROM …))}, and {@code count(t)} counts the rows that no outer join has put nulls for.
 * Elsewhere they are refused. The query's nodes are changed where they stand, since the validator knows them already.
 */
final class WholeRows {
    private static final Set<String> OF_JSON =
            Set.of("to_json", "row_to_json", "json_build_object", "json_build_array", JsonAggregates.MEMBER);
    private static final Set<String> OF_JSONB = Set.of("to_jsonb", "jsonb_build_object", "jsonb_build_array");

    private final VisibleTables tables;

    private final SourceText source;
    private boolean namesAreColumns;

    private WholeRows(VisibleTables tables, SourceText source) {
        this.tables = tables;
        this.source = source;
    }

    /** @param tables that the clauses of the query see */
    static void replaceIn(SqlSelect select, VisibleTables tables, SourceText source) {
        WholeRows rows = new WholeRows(tables, source);
        rows.visit(select.getSelectList());
        rows.visit(select.getWhere());
        rows.visit(select.getHaving());
        // Where a name may be that of a selected column.
        rows.namesAreColumns = true;
        rows.visit(select.getGroup());
        rows.visit(select.getOrderList());
    }

    private void visit(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            list.forEach(this::visit);
        } else if (node instanceof SqlIdentifier name) {
            refuse(name);
        } else if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY)) {
            switch (call.getOperator().getName().toLowerCase(Locale.ROOT)) {
                case "count" -> count(call);
                case "json_agg" -> {
                    if (gather(call, this::row)) {
                        ((SqlBasicCall) call).setOperator(function(JsonAggregates.ROWS));
                    }
                }
                case "jsonb_agg" -> gather(call, this::rowOfJsonb);
                case String name when OF_JSON.contains(name) -> documents(call, this::row, "to_json");
                case String name when OF_JSONB.contains(name) -> documents(call, this::rowOfJsonb, "to_jsonb");
                default -> {
                    // Takes no whole rows.
                }
            }
            boolean named = call.getKind() == SqlKind.AS || call.getKind() == SqlKind.OVER;
            call.getOperandList().stream()
                    .limit(named ? 1 : call.operandCount())
                    .forEach(this::visit);
        }
    }

    private void refuse(SqlIdentifier name) {
        if (!namesAreColumns
                && name.isSimple()
                && !name.isStar()
                && tables.ofNameAlone(name.getSimple()).isPresent()) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "the whole row '" + name.getSimple()
                            + "' can be given to count, row_to_json, to_json[b], json[b]_agg and json[b]_build_object alone, and behind an outer join only if a column of it is NOT NULL; name its columns",
                    name.getParserPosition().getLineNum(),
                    name.getParserPosition().getColumnNum());
        }
    }

    private void count(SqlCall call) {
        if (call.operandCount() == 1 && call.getFunctionQuantifier() == null) {
            whole(call.operand(0)).ifPresent(table -> {
                SqlParserPos position = call.operand(0).getParserPosition();
                call.setOperand(
                        0, table.nullable() ? presence(table, position) : SqlLiteral.createBoolean(true, position));
            });
        }
    }

    /** Makes documents of the rows that {@code array_agg} collects for a call; whether they are rows. */
    private boolean gather(SqlCall call, UnaryOperator<SqlNode> document) {
        SqlNode node = call.operand(0);
        while (node.getKind() == SqlKind.FILTER || node.getKind() == SqlKind.WITHIN_GROUP) {
            node = ((SqlCall) node).operand(0);
        }
        if (!(node instanceof SqlCall collected) || collected.getKind() != SqlKind.ARRAY_AGG) {
            return false;
        }
        SqlNode collectedRow = collected.operand(0);
        if (whole(collectedRow).isPresent()) {
            collected.setOperand(0, document.apply(collectedRow));
            return true;
        }
        // COALESCE has the call twice, and what it collects once.
        return isDocument(collectedRow);
    }

    private static boolean isDocument(SqlNode node) {
        SqlNode last = node.getKind() == SqlKind.CASE ? ((SqlCase) node).getElseOperand() : node;
        return last instanceof SqlCall call && call.getOperator().getName().equals(JsonAggregates.ROW);
    }

    private void documents(SqlCall call, UnaryOperator<SqlNode> document, String converter) {
        boolean replaced = false;
        for (int i = 0; i < call.operandCount(); i++) {
            SqlNode operand = call.operand(i);
            if (whole(operand).isPresent()) {
                call.setOperand(i, document.apply(operand));
                replaced = true;
            } else if (unwrapped(operand) instanceof SqlSelect subquery && isOfWholeRow(subquery)) {
                SqlNode row = subquery.getSelectList().get(0);
                subquery.getSelectList()
                        .set(0, function(converter).createCall(row.getParserPosition(), withoutAlias(row)));
                replaced = true;
            }
        }
        if (replaced && call.getOperator().getName().equalsIgnoreCase("row_to_json") && call.operandCount() == 1) {
            ((SqlBasicCall) call).setOperator(function(converter));
        }
    }

    private static SqlNode unwrapped(SqlNode operand) {
        return operand.getKind() == SqlKind.SCALAR_QUERY ? ((SqlCall) operand).operand(0) : operand;
    }

    /** Whether it is {@code SELECT r FROM (…) AS r}. If a column has that name, its document is meant, which is the same call. */
    private static boolean isOfWholeRow(SqlSelect subquery) {
        return subquery.getSelectList().size() == 1
                && withoutAlias(subquery.getSelectList().get(0)) instanceof SqlIdentifier row
                && row.isSimple()
                && !row.isStar()
                && subquery.getFrom() instanceof SqlCall from
                && from.getKind() == SqlKind.AS
                && from.operand(1) instanceof SqlIdentifier alias
                && alias.getSimple().equals(row.getSimple());
    }

    private static SqlNode withoutAlias(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    }

    /** The table that a name, or its star, means the rows of, if they can be told from no row. */
    private Optional<Visible> whole(SqlNode node) {
        if (!(node instanceof SqlIdentifier name)) {
            return Optional.empty();
        }
        Optional<Visible> table = Optional.empty();
        if (name.isSimple() && !name.isStar()) {
            table = tables.ofNameAlone(name.getSimple());
        } else if (name.isStar() && name.names.size() == 2) {
            table = tables.named(name.names.getFirst());
        }
        return table.filter(found -> !found.nullable() || required(found).isPresent());
    }

    private static Optional<RelDataTypeField> required(Visible table) {
        return table.columns().stream()
                .filter(column -> !column.getType().isNullable())
                .findFirst();
    }

    /** A column that is null only if an outer join has put it there. */
    private static SqlIdentifier presence(Visible table, SqlParserPos position) {
        return table.column(required(table).orElseThrow().getName(), position);
    }

    private SqlNode row(SqlNode name) {
        return document(name, JsonAggregates.ROW);
    }

    private SqlNode rowOfJsonb(SqlNode name) {
        return document(name, "jsonb_build_object");
    }

    private SqlNode document(SqlNode name, String function) {
        Visible table = whole(name).orElseThrow();
        SqlParserPos position = name.getParserPosition();
        List<SqlNode> members = new ArrayList<>();
        for (RelDataTypeField column : table.columns()) {
            members.add(SqlLiteral.createCharString(column.getName(), position));
            members.add(table.column(column.getName(), position));
        }
        SqlNode document = function(function).createCall(position, members);
        if (!table.nullable()) {
            return document;
        }
        SqlNode absent = SqlStdOperatorTable.IS_NULL.createCall(position, presence(table, position));
        return new SqlCase(
                position, null, SqlNodeList.of(absent), SqlNodeList.of(SqlLiteral.createNull(position)), document);
    }

    private static NamedFunction function(String name) {
        return JsonAggregates.find(name)
                .or(() -> FunctionRegistry.BUILT_IN.find(name))
                .orElseThrow();
    }
}
