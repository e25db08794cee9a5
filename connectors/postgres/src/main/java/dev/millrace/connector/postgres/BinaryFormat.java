package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Postgres's binary representations of values, as its types' send functions write them: big-endian, dates counted from 2000. */
final class BinaryFormat {
    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** From 1970-01-01 to 2000-01-01. */
    static final int EPOCH_DAYS = 10_957;

    static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

    private BinaryFormat() {}

    /**
     * The value in these bytes.
     *
     * @throws MillraceException with {@code UNSUPPORTED_TYPE} for a timestamp so late that {@link DataType#TIMESTAMP} cannot hold it, and for an array that has several dimensions or does not
     *     begin at 1; with {@code SOURCE_SCHEMA_CHANGED} for a label that its enum type has lost
     */
    static Object decode(ColumnType type, EnumTypes enums, byte[] bytes, int offset, int length) throws SQLException {
        return switch (type.type()) {
            case BOOL -> bytes[offset] != 0;
            case INT2 -> int16(bytes, offset);
            case INT4 -> int32(bytes, offset);
            case INT8 -> int64(bytes, offset);
            case FLOAT4 -> Float.intBitsToFloat(int32(bytes, offset));
            case FLOAT8 -> Double.longBitsToDouble(int64(bytes, offset));
            case NUMERIC -> BinaryNumeric.decode(bytes, offset);
            case TEXT -> new String(bytes, offset, length, StandardCharsets.UTF_8);
            case CHAR -> new String(bytes, offset, lengthWithoutBlanks(bytes, offset, length), StandardCharsets.UTF_8);
            case BYTEA -> new Bytes(Arrays.copyOfRange(bytes, offset, offset + length));
            case DATE -> days(int32(bytes, offset));
            case TIMESTAMP, TIMESTAMPTZ -> micros(int64(bytes, offset));
            case UUID -> new UUID(int64(bytes, offset), int64(bytes, offset + Long.BYTES));
            case TIME -> int64(bytes, offset);
            case TIMETZ -> new TimeTz(int64(bytes, offset), -int32(bytes, offset + Long.BYTES));
            case INTERVAL ->
                new Interval(
                        int32(bytes, offset + Long.BYTES + Integer.BYTES),
                        int32(bytes, offset + Long.BYTES),
                        int64(bytes, offset));
            case JSON -> new String(bytes, offset, length, StandardCharsets.UTF_8);
            // Behind the version of the format.
            case JSONB -> Jsonb.parse(new String(bytes, offset + 1, length - 1, StandardCharsets.UTF_8));
            case OID -> Integer.toUnsignedLong(int32(bytes, offset));
            case ENUM ->
                enums.label(type.labels().orElseThrow(), new String(bytes, offset, length, StandardCharsets.UTF_8));
            default -> array(type.element(), enums, bytes, offset);
        };
    }

    /**
     * <pre>
     *   dimensions int32 | has nulls int32 | element's type int32 | per dimension: length int32, first index int32
     *   per element: length int32 (-1 for NULL) | value
     * </pre>
     */
    private static ArrayValue array(ColumnType element, EnumTypes enums, byte[] bytes, int offset) throws SQLException {
        int dimensions = int32(bytes, offset);
        if (dimensions == 0) {
            return ArrayValue.owning(element.type(), new @Nullable Object[0]);
        }
        int shape = offset + 3 * Integer.BYTES;
        if (dimensions > 1 || int32(bytes, shape + Integer.BYTES) != 1) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "an array of several dimensions, or one that does not begin at 1, cannot be represented");
        }
        @Nullable Object[] values = new Object[int32(bytes, shape)];
        int at = shape + 2 * Integer.BYTES;
        for (int i = 0; i < values.length; i++) {
            int length = int32(bytes, at);
            at += Integer.BYTES;
            if (length >= 0) {
                values[i] = decode(element, enums, bytes, at, length);
                at += length;
            }
        }
        return ArrayValue.owning(element.type(), values);
    }

    static short int16(byte[] bytes, int offset) {
        return (short) INT16.get(bytes, offset);
    }

    static int int32(byte[] bytes, int offset) {
        return (int) INT32.get(bytes, offset);
    }

    static long int64(byte[] bytes, int offset) {
        return (long) INT64.get(bytes, offset);
    }

    static void putInt64(byte[] bytes, int offset, long value) {
        INT64.set(bytes, offset, value);
    }

    private static int days(int since2000) {
        return since2000 == Integer.MAX_VALUE || since2000 == Integer.MIN_VALUE ? since2000 : since2000 + EPOCH_DAYS;
    }

    private static long micros(long since2000) {
        if (since2000 == Long.MAX_VALUE || since2000 == Long.MIN_VALUE) {
            return since2000;
        }
        if (since2000 >= Long.MAX_VALUE - EPOCH_MICROS) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "a timestamp after 294247-01-10 cannot be represented; where 'forever' is meant, store 'infinity'");
        }
        return since2000 + EPOCH_MICROS;
    }

    private static int lengthWithoutBlanks(byte[] bytes, int offset, int length) {
        int end = offset + length;
        while (end > offset && bytes[end - 1] == ' ') {
            end--;
        }
        return end - offset;
    }
}
