package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.util.UUID;

/** What a column's values are kept as: the element type of its pages. */
public enum Carrier {
    /** {@code byte[]}, 1 for true and 0 for false. */
    BYTE(byte.class, 1),
    SHORT(short.class, 2),
    INT(int.class, 4),
    LONG(long.class, 8),
    FLOAT(float.class, 4),
    DOUBLE(double.class, 8),
    /** {@code Object[]}: immutable values that are shared, not copied. A null reference stands for NULL. */
    REFERENCE(Object.class, 4);

    private final Class<?> element;
    private final int bytes;

    Carrier(Class<?> element, int bytes) {
        this.element = element;
        this.bytes = bytes;
    }

    /** The element type of a page. */
    public Class<?> element() {
        return element;
    }

    /** The size of an element in bytes; of a reference the reference alone, where the JVM compresses it. */
    public int bytes() {
        return bytes;
    }

    /** The class of the objects that values of a type are outside. */
    static Class<?> objectOf(DataType type) {
        return switch (type) {
            case BOOL -> Boolean.class;
            case INT2 -> Short.class;
            case INT4, DATE -> Integer.class;
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> Long.class;
            case FLOAT4 -> Float.class;
            case FLOAT8 -> Double.class;
            case NUMERIC -> Decimal.class;
            case TEXT, CHAR, JSON -> String.class;
            case BYTEA -> Bytes.class;
            case UUID -> UUID.class;
            case TIMETZ -> TimeTz.class;
            case INTERVAL -> Interval.class;
            case JSONB -> Jsonb.class;
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
                    OID_ARRAY -> ArrayValue.class;
        };
    }

    /** How values of a type are kept. */
    public static Carrier of(DataType type) {
        return switch (type) {
            case BOOL -> BYTE;
            case INT2 -> SHORT;
            case INT4, DATE -> INT;
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> LONG;
            case FLOAT4 -> FLOAT;
            case FLOAT8 -> DOUBLE;
            default -> REFERENCE;
        };
    }
}
