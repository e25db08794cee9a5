package dev.millrace.sql.parser;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
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

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return switch (literal) {
            case SqlNumericLiteral number
            when isNumeric(number) ->
                cast(number.bigDecimalValue().toPlainString(), numeric(number.getParserPosition()), number);
            case SqlUnknownLiteral typed -> cast(typed.getValue(), named(typed.tag, typed.getParserPosition()), typed);
            default -> literal;
        };
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
            case "TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP WITH TIME ZONE" -> CastTargets.timestamptz(position);
            default ->
                new SqlDataTypeSpec(
                        new SqlUserDefinedTypeNameSpec(new SqlIdentifier(tag, position), position), position);
        };
    }
}
