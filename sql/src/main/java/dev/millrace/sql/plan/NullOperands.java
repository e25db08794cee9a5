package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Writes {@code NULL IN (SELECT …)} as a value, and its like, as {@code CASE WHEN EXISTS (SELECT …) THEN NULL ELSE FALSE END}. The planner takes it for NULL, but over no rows it is FALSE.
 */
final class NullOperands extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode node) {
        return super.visit(node).accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                boolean isNull = subquery.getOperands().stream().anyMatch(NullOperands::isNull);
                if (isNull && subquery.getOperands().size() > 1) {
                    throw new MillraceException(
                            ErrorCode.UNSUPPORTED_SQL,
                            "a row with a NULL compared with a subquery cannot be kept live yet; write a column in its place");
                }
                RexSubQuery inner = (RexSubQuery) super.visitSubQuery(subquery);
                RelNode rows = inner.rel.accept(NullOperands.this);
                return isNull ? nullIfAny(rows) : inner.clone(rows);
            }
        });
    }

    private static RexNode nullIfAny(RelNode rows) {
        RexBuilder builder = rows.getCluster().getRexBuilder();
        RelDataType nullable = builder.getTypeFactory()
                .createTypeWithNullability(builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
        return builder.makeCall(
                nullable,
                SqlStdOperatorTable.CASE,
                List.of(RexSubQuery.exists(rows), builder.makeNullLiteral(nullable), builder.makeLiteral(false)));
    }

    private static boolean isNull(RexNode operand) {
        RexNode inner = operand;
        while (inner.getKind() == SqlKind.CAST) {
            inner = ((RexCall) inner).getOperands().getFirst();
        }
        return RexLiteral.isNullLiteral(inner);
    }
}
