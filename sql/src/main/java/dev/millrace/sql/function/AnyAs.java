package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** As what a function is given an argument of a parameter that takes each type. */
enum AnyAs {
    /** The text that Postgres writes it as. */
    TEXT,
    JSON,
    JSONB,
    /** Keys as text and values as json, by turns. */
    JSON_MEMBERS,
    JSONB_MEMBERS;

    /** The type that the function takes such an argument as. */
    DataType type(int argument) {
        return switch (this) {
            case TEXT -> DataType.TEXT;
            case JSON -> DataType.JSON;
            case JSONB -> DataType.JSONB;
            case JSON_MEMBERS -> isKey(argument) ? DataType.TEXT : DataType.JSON;
            case JSONB_MEMBERS -> isKey(argument) ? DataType.TEXT : DataType.JSONB;
        };
    }

    /** @param argument its number, from 0 */
    Expression convert(Expression operand, int argument) {
        if (operand.type() == DataType.CHAR) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "an argument of type char(n) where any type is taken cannot be kept live yet; cast it to text first");
        }
        if (this == TEXT) {
            return OutputText.of(operand);
        }
        DataType type = type(argument);
        return type == DataType.TEXT ? JsonKey.of(operand) : JsonForm.of(operand, type);
    }

    private static boolean isKey(int argument) {
        return argument % 2 == 0;
    }
}
