package dev.millrace.sql.function;

import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlAbstractGroupFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** {@code GROUPING (columns)}: which of them the grouping set of a row leaves out, as the bits of an int4. The planner's own gives an int8. */
final class Grouping extends SqlAbstractGroupFunction {
    static final Grouping FUNCTION = new Grouping();

    private Grouping() {
        super(
                "GROUPING",
                SqlKind.GROUPING,
                ReturnTypes.INTEGER,
                null,
                OperandTypes.ONE_OR_MORE,
                SqlFunctionCategory.SYSTEM);
    }
}
