package dev.millrace.sql.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Leaves a cast of a constant as it is written. The planner would do it by its own rules (milliseconds, padded characters, a
 * numeric's scale filled with zeros); the compiler does it by Postgres's.
 */
final class PostgresRexBuilder extends RexBuilder {
    PostgresRexBuilder(RelDataTypeFactory factory) {
        super(factory);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos position,
            RelDataType type,
            RexNode operand,
            boolean matchNullability,
            boolean safe,
            RexLiteral format) {
        if (operand instanceof RexLiteral literal && !literal.isNull()) {
            RelDataType exact = typeFactory.createTypeWithNullability(type, matchNullability && type.isNullable());
            return exact.equals(literal.getType()) ? literal : makeAbstractCast(position, exact, operand, safe);
        }
        return super.makeCast(position, type, operand, matchNullability, safe, format);
    }
}
