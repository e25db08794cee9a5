package dev.millrace.sql.plan;

import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Puts expressions in the place of the columns that another expression is over. */
final class ColumnSubstitution {
    private ColumnSubstitution() {}

    static RexNode apply(List<RexNode> columns, RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef column) {
                return columns.get(column.getIndex());
            }
        });
    }
}
