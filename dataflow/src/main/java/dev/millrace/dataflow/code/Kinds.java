package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.UUID;

/** What values of each type are on the operand stack: primitives, or objects of the type's class. */
final class Kinds {
    private Kinds() {}

    static TypeKind of(DataType type) {
        return switch (type) {
            case BOOL, INT2, INT4, DATE -> TypeKind.INT;
            case INT8, TIMESTAMP, TIMESTAMPTZ -> TypeKind.LONG;
            case FLOAT4 -> TypeKind.FLOAT;
            case FLOAT8 -> TypeKind.DOUBLE;
            case NUMERIC, TEXT, CHAR, BYTEA, UUID -> TypeKind.REFERENCE;
        };
    }

    /** The class of a parameter that takes such a value unboxed. */
    static Class<?> parameter(DataType type) {
        return switch (type) {
            case BOOL -> boolean.class;
            case INT2 -> short.class;
            case INT4, DATE -> int.class;
            case INT8, TIMESTAMP, TIMESTAMPTZ -> long.class;
            case FLOAT4 -> float.class;
            case FLOAT8 -> double.class;
            case NUMERIC, TEXT, CHAR, BYTEA, UUID -> boxed(type);
        };
    }

    /** The class of such values as objects. */
    static Class<?> boxed(DataType type) {
        return switch (type) {
            case BOOL -> Boolean.class;
            case INT2 -> Short.class;
            case INT4, DATE -> Integer.class;
            case INT8, TIMESTAMP, TIMESTAMPTZ -> Long.class;
            case FLOAT4 -> Float.class;
            case FLOAT8 -> Double.class;
            case NUMERIC -> Decimal.class;
            case TEXT, CHAR -> String.class;
            case BYTEA -> Bytes.class;
            case UUID -> UUID.class;
        };
    }

    static ClassDesc described(DataType type) {
        return boxed(type).describeConstable().orElseThrow();
    }
}
