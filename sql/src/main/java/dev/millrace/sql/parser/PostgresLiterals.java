package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Gives literals Postgres's types: {@code 1.5}, {@code 1e3} and an integer that is too long for int8 are numerics without declared
 * precision, {@code date '…'} and {@code timestamp '…'} are casts of the text, whose forms the compiler knows.
 */
final class PostgresLiterals extends SqlShuttle {
    private static final int LONG_BITS = 63;

    private final SourceText source;

    PostgresLiterals(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return switch (literal) {
            case SqlNumericLiteral number
            when isNumeric(number) ->
                cast(number.bigDecimalValue().toPlainString(), numeric(number.getParserPosition()), number);
            case SqlIntervalLiteral interval -> interval(interval);
            case SqlUnknownLiteral typed -> cast(typed.getValue(), named(typed.tag, typed.getParserPosition()), typed);
            default -> literal;
        };
    }

    /** {@code INTERVAL '5' DAY} is one of the text {@code 5 day}. */
    private SqlNode interval(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        String unit = value.getIntervalQualifier().toString().toLowerCase(Locale.ROOT);
        String number = value.getIntervalLiteral().strip();
        boolean signed = value.getSign() < 0;
        boolean plain = number.matches("[+-]?\\d+") && !unit.contains(" ");
        boolean compound = switch (unit) {
            case "year to month" -> number.matches("[+-]?\\d+-\\d+");
            case "day to second" -> number.matches("[+-]?\\d+ \\d+:\\d+:\\d+(\\.\\d+)?");
            case "hour to second" -> number.matches("[+-]?\\d+:\\d+:\\d+(\\.\\d+)?");
            case "hour to minute" -> number.matches("[+-]?\\d+:\\d+");
            default -> false;
        };
        if (signed || !(plain || compound)) {
            throw source.error(
                    ErrorCode.UNSUPPORTED_SQL,
                    "an interval with fields after the quotation cannot be kept live yet; write the units into it, as in '5 days'",
                    literal.getParserPosition().getLineNum(),
                    literal.getParserPosition().getColumnNum());
        }
        return cast(
                plain ? number + " " + unit : number,
                CastTargets.named("interval", literal.getParserPosition()),
                literal);
    }

    private static boolean isNumeric(SqlNumericLiteral number) {
        return !number.isInteger() || number.bigDecimalValue().toBigInteger().bitLength() > LONG_BITS;
    }

    private static SqlNode cast(String text, SqlDataTypeSpec type, SqlLiteral literal) {
        SqlParserPos position = literal.getParserPosition();
        return SqlStdOperatorTable.CAST.createCall(position, SqlLiteral.createCharString(text, position), type);
    }

    private static SqlDataTypeSpec numeric(SqlParserPos position) {
        return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DECIMAL, position), position);
    }

    private static SqlDataTypeSpec named(String tag, SqlParserPos position) {
        return switch (tag) {
            case "DATE" -> new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DATE, position), position);
            case "TIMESTAMP" ->
                new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, position), position);
            case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH TIME ZONE" ->
                CastTargets.named("timestamptz", position);
            case "TIME" -> CastTargets.named("time", position);
            case "TIME WITH LOCAL TIME ZONE", "TIME WITH TIME ZONE" -> CastTargets.named("timetz", position);
            default -> CastTargets.named(tag, position);
        };
    }
}
