package dev.millrace.sql.plan;

import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Makes an expression over inner rows and an outer one an expression over both side by side, the outer's columns first. */
final class OuterColumns extends RexShuttle {
    private final Set<CorrelationId> outer;
    private final RelDataType outerType;

    OuterColumns(Set<CorrelationId> outer, RelDataType outerType) {
        this.outer = outer;
        this.outerType = outerType;
    }

    @Override
    public RexNode visitInputRef(RexInputRef column) {
        return new RexInputRef(column.getIndex() + outerType.getFieldCount(), column.getType());
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && outer.contains(variable.id)
                ? RexInputRef.of(access.getField().getIndex(), outerType)
                : super.visitFieldAccess(access);
    }
}
