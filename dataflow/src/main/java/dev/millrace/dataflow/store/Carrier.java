package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.DataType;

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
