package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** What values of each type are on the operand stack: primitives, or objects of the type's class. */
final class Kinds {
    private Kinds() {}

    static TypeKind of(DataType type) {
        return switch (type) {
            case BOOL, INT2, INT4, DATE -> TypeKind.INT;
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> TypeKind.LONG;
            case FLOAT4 -> TypeKind.FLOAT;
            case FLOAT8 -> TypeKind.DOUBLE;
            default -> TypeKind.REFERENCE;
        };
    }

    static ClassDesc described(DataType type) {
        return Carriers.boxed(type).describeConstable().orElseThrow();
    }
}
