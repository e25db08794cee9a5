package dev.millrace.sql.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** The type of {@code a % b}: the wider of both, where the planner takes the second. */
final class Remainders {
    private Remainders() {}

    static RelDataType type(RelDataTypeFactory factory, List<RelDataType> operands, RelDataType planned) {
        RelDataType common = factory.leastRestrictive(operands);
        return common == null ? planned : common;
    }
}
