package dev.millrace.dataflow.row;

import java.lang.invoke.MethodType;
import java.util.UUID;

/** The Java classes that carry the values of a type through generated code: a primitive one where there is one. */
public final class Carriers {
    private Carriers() {}

    /** The class of a value that is not null. */
    public static Class<?> of(DataType type) {
        return switch (type) {
            case BOOL -> boolean.class;
            case INT2 -> short.class;
            case INT4, DATE -> int.class;
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> long.class;
            case FLOAT4 -> float.class;
            case FLOAT8 -> double.class;
            case NUMERIC -> Decimal.class;
            case TEXT, CHAR, JSON -> String.class;
            case BYTEA -> Bytes.class;
            case UUID -> UUID.class;
            case TIMETZ -> TimeTz.class;
            case INTERVAL -> Interval.class;
            case JSONB -> Jsonb.class;
            case ENUM -> EnumLabel.class;
            case BOOL_ARRAY,
                    INT2_ARRAY,
                    INT4_ARRAY,
                    INT8_ARRAY,
                    FLOAT4_ARRAY,
                    FLOAT8_ARRAY,
                    NUMERIC_ARRAY,
                    TEXT_ARRAY,
                    BYTEA_ARRAY,
                    DATE_ARRAY,
                    TIMESTAMP_ARRAY,
                    TIMESTAMPTZ_ARRAY,
                    UUID_ARRAY,
                    TIME_ARRAY,
                    TIMETZ_ARRAY,
                    INTERVAL_ARRAY,
                    JSON_ARRAY,
                    JSONB_ARRAY,
                    OID_ARRAY,
                    ENUM_ARRAY -> ArrayValue.class;
        };
    }

    /** The class of a value that may be null. */
    public static Class<?> boxed(DataType type) {
        return boxed(of(type));
    }

    /** The class of a carrier's objects. */
    public static Class<?> boxed(Class<?> carrier) {
        return MethodType.methodType(carrier).wrap().returnType();
    }
}
