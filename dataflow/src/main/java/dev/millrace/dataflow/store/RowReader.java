package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link RowWriter} wrote. */
public final class RowReader {
    private final byte[] bytes;
    private int at;

    /** A reader from the first byte on. The array is not written to while it is read. */
    public RowReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Whether the next value is NULL; if not, the value follows. */
    public boolean readNull() {
        return bytes[at++] == RowWriter.ABSENT;
    }

    public boolean readBoolean() {
        return bytes[at++] != 0;
    }

    public short readShort() {
        return (short) readLong();
    }

    public int readInt() {
        return (int) readLong();
    }

    public long readLong() {
        long zigzag = readVariable();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public float readFloat() {
        return Float.intBitsToFloat((int) readFixed(Integer.BYTES));
    }

    public double readDouble() {
        return Double.longBitsToDouble(readFixed(Long.BYTES));
    }

    public Decimal readDecimal() {
        int scale = (int) readVariable();
        return switch (scale) {
            case 0 -> Decimal.NAN;
            case 1 -> Decimal.POSITIVE_INFINITY;
            case 2 -> Decimal.NEGATIVE_INFINITY;
            default -> Decimal.of(new BigDecimal(new BigInteger(readArray()), scale - RowWriter.SPECIALS));
        };
    }

    public String readString() {
        int length = (int) readVariable();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public Bytes readBytes() {
        return new Bytes(readArray());
    }

    public UUID readUUID() {
        return new UUID(readFixed(Long.BYTES), readFixed(Long.BYTES));
    }

    public TimeTz readTimeTz() {
        return new TimeTz(readLong(), readInt());
    }

    public Interval readInterval() {
        return new Interval(readInt(), readInt(), readLong());
    }

    public Jsonb readJsonb() {
        return Jsonb.parse(readString());
    }

    public EnumLabel readEnumLabel() {
        return new EnumLabel(readFloat(), readString());
    }

    public ArrayValue readArrayValue() {
        DataType element = DataType.valueOf(readString());
        @Nullable Object[] values = new Object[(int) readVariable()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readNull() ? null : readElement(element);
        }
        return ArrayValue.owning(element, values);
    }

    private Object readElement(DataType type) {
        return switch (type) {
            case BOOL -> readBoolean();
            case INT2 -> readShort();
            case INT4, DATE -> readInt();
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> readLong();
            case FLOAT4 -> readFloat();
            case FLOAT8 -> readDouble();
            case NUMERIC -> readDecimal();
            case TEXT, JSON -> readString();
            case BYTEA -> readBytes();
            case UUID -> readUUID();
            case TIMETZ -> readTimeTz();
            case INTERVAL -> readInterval();
            case JSONB -> readJsonb();
            case ENUM -> readEnumLabel();
            default -> throw new IllegalStateException("no arrays of " + type);
        };
    }

    private byte[] readArray() {
        int length = (int) readVariable();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private long readFixed(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << Byte.SIZE) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    private long readVariable() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
