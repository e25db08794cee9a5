package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code ROLLUP} and {@code CUBE} out as {@code GROUPING SETS}. The planner would drop a set that comes up in one of them twice. It also loses rows of an empty set that comes
 * up twice if nothing is aggregated; such a query is given an aggregate, in a condition that always holds.
 */
final class GroupingSets extends SqlShuttle {
    /** Postgres's own bound. */
    private static final int MAX_CUBE_ELEMENTS = 12;

    private final SourceText source;

    GroupingSets(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlSelect select && select.getGroup() != null && emptySetsOfAll(select.getGroup()) > 1) {
            select.setHaving(withAggregate(select.getHaving(), select.getGroup().getParserPosition()));
        }
        boolean expands = call.getKind() == SqlKind.ROLLUP || call.getKind() == SqlKind.CUBE;
        return expands && visited instanceof SqlCall expanded
                ? SqlStdOperatorTable.GROUPING_SETS.createCall(call.getParserPosition(), sets(expanded))
                : visited;
    }

    /** How often the empty set comes up when each set of one element is combined with each of the others. */
    private static long emptySetsOfAll(SqlNodeList elements) {
        return elements.stream().mapToLong(GroupingSets::emptySets).reduce(1, Math::multiplyExact);
    }

    private static long emptySets(SqlNode element) {
        if (element instanceof SqlNodeList list) {
            return list.isEmpty() ? 1 : 0;
        }
        return element instanceof SqlCall call && call.getKind() == SqlKind.GROUPING_SETS
                ? call.getOperandList().stream()
                        .mapToLong(GroupingSets::emptySets)
                        .sum()
                : 0;
    }

    private static SqlNode withAggregate(@Nullable SqlNode having, SqlParserPos position) {
        SqlNode count = SqlStdOperatorTable.COUNT.createCall(position, SqlIdentifier.star(position));
        SqlNode holds = SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(
                position, count, SqlLiteral.createExactNumeric("0", position));
        return having == null ? holds : SqlStdOperatorTable.AND.createCall(position, having, holds);
    }

    private List<SqlNode> sets(SqlCall call) {
        List<SqlNode> elements = call.getOperandList();
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> sets = new ArrayList<>();
        if (call.getKind() == SqlKind.ROLLUP) {
            for (int kept = elements.size(); kept >= 0; kept--) {
                sets.add(union(elements.subList(0, kept), position));
            }
            return sets;
        }
        if (elements.size() > MAX_CUBE_ELEMENTS) {
            throw source.error(
                    ErrorCode.INVALID_QUERY,
                    "CUBE is limited to " + MAX_CUBE_ELEMENTS + " elements",
                    position.getLineNum(),
                    position.getColumnNum());
        }
        for (int left = 0; left < 1 << elements.size(); left++) {
            List<SqlNode> kept = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                if ((left >> (elements.size() - 1 - i) & 1) == 0) {
                    kept.add(elements.get(i));
                }
            }
            sets.add(union(kept, position));
        }
        return sets;
    }

    /** One set of these elements, of which each is an expression or several in parentheses. */
    private static SqlNode union(List<SqlNode> elements, SqlParserPos position) {
        List<SqlNode> all = new ArrayList<>();
        for (SqlNode element : elements) {
            all.addAll(element.getKind() == SqlKind.ROW ? ((SqlCall) element).getOperandList() : List.of(element));
        }
        return switch (all.size()) {
            case 0 -> new SqlNodeList(position);
            case 1 -> all.getFirst();
            default -> SqlStdOperatorTable.ROW.createCall(position, all);
        };
    }
}
