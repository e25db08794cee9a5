package dev.millrace.sql.plan;

import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Leaves GREATEST and LEAST as calls; the planner would make comparisons of them, which keep the last of equal values. So it does aggregates over windows, averages and variances of
 * which it would divide sums for.
 */
final class PostgresConvertlets implements SqlRexConvertletTable {
    static final SqlRexConvertletTable INSTANCE = new PostgresConvertlets();

    private PostgresConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        boolean extreme = call.getKind() == SqlKind.GREATEST
                || call.getKind() == SqlKind.LEAST
                || call.getKind() == SqlKind.GREATEST_PG
                || call.getKind() == SqlKind.LEAST_PG;
        if (call.getOperator() instanceof ArrayCast) {
            return PostgresConvertlets::cast;
        }
        return extreme || call.getOperator().isAggregator()
                ? PostgresConvertlets::call
                : StandardConvertletTable.INSTANCE.get(call);
    }

    private static RexNode cast(SqlRexContext context, SqlCall call) {
        return context.getRexBuilder()
                .makeAbstractCast(
                        call.getParserPosition(),
                        context.getValidator().getValidatedNodeType(call),
                        context.convertExpression(call.operand(0)),
                        false);
    }

    private static RexNode call(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = call.getOperandList().stream()
                .filter(operand -> !(operand instanceof SqlIdentifier column && column.isStar()))
                .map(context::convertExpression)
                .toList();
        return context.getRexBuilder()
                .makeCall(context.getValidator().getValidatedNodeType(call), call.getOperator(), operands);
    }
}
