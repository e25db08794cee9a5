package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Refuses {@code NULL IN (SELECT …)} as a value, and its like. The planner takes it for NULL, but over no rows it is FALSE.
 */
final class NullOperands extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                if (subquery.getOperands().stream().anyMatch(NullOperands::isNull)) {
                    throw new MillraceException(
                            ErrorCode.UNSUPPORTED_SQL,
                            "NULL compared with a subquery cannot be kept live yet; write EXISTS, or a column in its place");
                }
                RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subquery);
                return inner.clone(inner.rel.accept(NullOperands.this));
            }
        });
    }

    private static boolean isNull(RexNode operand) {
        RexNode inner = operand;
        while (inner.getKind() == SqlKind.CAST) {
            inner = ((RexCall) inner).getOperands().getFirst();
        }
        return RexLiteral.isNullLiteral(inner);
    }
}
