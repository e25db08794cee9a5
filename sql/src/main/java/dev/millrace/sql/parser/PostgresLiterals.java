package dev.millrace.sql.parser;

import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.util.SqlShuttle;

/** Gives literals Postgres's types: {@code 1e3} is a numeric, not a float. */
final class PostgresLiterals extends SqlShuttle {
    @Override
    public SqlNode visit(SqlLiteral literal) {
        if (literal instanceof SqlNumericLiteral number && !number.isInteger() && number.getScale() == null) {
            return SqlLiteral.createExactNumeric(number.bigDecimalValue().toPlainString(), number.getParserPosition());
        }
        return literal;
    }
}
