package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.NlsString;

/**
 * Makes expressions that mean what they mean in Postgres, so that no simplification above can change that. A cast of a constant stays
 * as it is written: the planner would do it by its own rules (milliseconds, padded characters, a numeric's scale filled with zeros),
 * the compiler does it by Postgres's. A literal beside a char(n) column loses its trailing blanks, which do not count there.
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
        if (operand instanceof RexLiteral literal && !literal.isNull() && !isTruth(type, literal)) {
            if (isBlankPadded(type) && literal.getTypeName() == SqlTypeName.CHAR) {
                return blankPadded(literal, type);
            }
            RelDataType exact = typeFactory.createTypeWithNullability(type, matchNullability && type.isNullable());
            return exact.equals(literal.getType()) ? literal : makeAbstractCast(position, exact, operand, safe);
        }
        if (SqlTypeUtil.inCharFamily(type) && (operand.isAlwaysTrue() || operand.isAlwaysFalse())) {
            // The planner holds a cast of TRUE to be TRUE, of whatever type.
            return makeAbstractCast(position, type, makeLiteral(String.valueOf(operand.isAlwaysTrue())), safe);
        }
        boolean numberToBool = type.getSqlTypeName() == SqlTypeName.BOOLEAN && SqlTypeUtil.isNumeric(operand.getType());
        return numberToBool
                ? makeAbstractCast(position, type, operand, safe)
                : super.makeCast(position, type, operand, matchNullability, safe, format);
    }

    /** Whether a boolean becomes text. */
    private static boolean isTruth(RelDataType type, RexLiteral literal) {
        return SqlTypeUtil.inCharFamily(type) && literal.getTypeName() == SqlTypeName.BOOLEAN;
    }

    @Override
    public RexNode makeCall(SqlParserPos position, SqlOperator operator, List<? extends RexNode> operands) {
        return super.makeCall(position, operator, compared(operator, operands));
    }

    @Override
    public RexNode makeCall(SqlParserPos position, RelDataType type, SqlOperator operator, List<RexNode> operands) {
        return super.makeCall(position, type, operator, compared(operator, operands));
    }

    @Override
    public RelDataType deriveReturnType(SqlOperator operator, List<? extends RexNode> operands) {
        RelDataType type = super.deriveReturnType(operator, operands);
        return operator.getKind() == SqlKind.MOD
                ? Remainders.type(
                        typeFactory, operands.stream().map(RexNode::getType).toList(), type)
                : type;
    }

    /** A sum over a window is NULL by itself where there is nothing to add up. */
    @Override
    public RexNode makeOver(
            SqlParserPos position,
            RelDataType type,
            SqlAggFunction operator,
            List<RexNode> operands,
            List<RexNode> partitionKeys,
            ImmutableList<RexFieldCollation> orderKeys,
            RexWindowBound lower,
            RexWindowBound upper,
            RexWindowExclusion exclusion,
            boolean rows,
            boolean allowPartial,
            boolean nullWhenCountZero,
            boolean distinct,
            boolean ignoreNulls) {
        return super.makeOver(
                position,
                type,
                operator,
                operands,
                partitionKeys,
                orderKeys,
                lower,
                upper,
                exclusion,
                rows,
                allowPartial,
                false,
                distinct,
                ignoreNulls);
    }

    private List<RexNode> compared(SqlOperator operator, List<? extends RexNode> operands) {
        if (!operator.getKind().belongsTo(SqlKind.COMPARISON)) {
            return List.copyOf(operands);
        }
        Optional<RelDataType> blankPadded = operands.stream()
                .map(RexNode::getType)
                .filter(PostgresRexBuilder::isBlankPadded)
                .findFirst();
        return operands.stream()
                .<RexNode>map(operand -> blankPadded.isPresent()
                                && operand instanceof RexLiteral literal
                                && literal.getTypeName() == SqlTypeName.CHAR
                        ? blankPadded(literal, blankPadded.get())
                        : operand)
                .toList();
    }

    /** Only columns, and what is compared with them, have this type: a literal is text, and a cast to char(n) is refused. */
    private static boolean isBlankPadded(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.CHAR;
    }

    private RexLiteral blankPadded(RexLiteral literal, RelDataType type) {
        String text = String.valueOf(literal.getValueAs(String.class)).replaceAll(" +$", "");
        NlsString value = new NlsString(text, StandardCharsets.UTF_8.name(), type.getCollation());
        return makeLiteral(value, typeFactory.createTypeWithNullability(type, false), SqlTypeName.CHAR);
    }
}
