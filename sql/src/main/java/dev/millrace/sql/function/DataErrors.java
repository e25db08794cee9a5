package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** The errors that a row's values can cause, in Postgres's words. */
final class DataErrors {
    private DataErrors() {}

    static MillraceException of(String message) {
        return new MillraceException(ErrorCode.DATA_ERROR, message);
    }

    static MillraceException divisionByZero() {
        return of("division by zero");
    }

    static MillraceException underflow() {
        return of("value out of range: underflow");
    }

    static MillraceException outOfRange(DataType type) {
        return of(
                switch (type) {
                    case INT2 -> "smallint out of range";
                    case INT4 -> "integer out of range";
                    case INT8 -> "bigint out of range";
                    case FLOAT4, FLOAT8 -> "value out of range: overflow";
                    default -> type.sqlName() + " out of range";
                });
    }

    static MillraceException invalidText(DataType type, String text) {
        return of("invalid input syntax for type " + nameOf(type) + ": \"" + text + "\"");
    }

    /** The standard's name of a type, as messages have it. */
    static String nameOf(DataType type) {
        return switch (type) {
            case BOOL -> "boolean";
            case INT2 -> "smallint";
            case INT4 -> "integer";
            case INT8 -> "bigint";
            case FLOAT4 -> "real";
            case FLOAT8 -> "double precision";
            case TIMESTAMPTZ -> "timestamp with time zone";
            case TIMETZ -> "time with time zone";
            default -> type.sqlName();
        };
    }
}
