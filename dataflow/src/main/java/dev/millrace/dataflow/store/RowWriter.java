package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in a compact binary form. Each value is a byte that says whether it is there, then, if it is:
 *
 * <pre>
 *   bool                one byte
 *   int2, int4, int8,   zig-zag, 7 bits a byte, least significant first
 *   date, timestamps,
 *   time, oid
 *   float4, float8      their bits, 4 or 8 bytes, most significant first
 *   numeric             scale + 3, length and unscaled number; or 0, 1, 2 for NaN, infinity, -infinity
 *   text, bpchar,       length in bytes, then UTF-8 or the bytes
 *   bytea, json, jsonb
 *   uuid                16 bytes
 *   timetz              microseconds and offset, as integers
 *   enums               what their order is, as a float4's bits, then the label as a text
 *   interval            months, days and microseconds, as integers
 *   arrays              the name of the element's type as a text, length, then the elements as values
 * </pre>
 */
public final class RowWriter {
    static final byte ABSENT = 0;
    static final byte PRESENT = 1;
    static final int SPECIALS = 3;

    private byte[] bytes = new byte[64];
    private int size;

    /** An empty form. */
    public RowWriter() {}

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the room. */
    public void clear() {
        size = 0;
    }

    public void writeNull() {
        writeByte(ABSENT);
    }

    public void write(boolean value) {
        writeByte(PRESENT);
        writeByte(value ? 1 : 0);
    }

    public void write(short value) {
        write((long) value);
    }

    public void write(int value) {
        write((long) value);
    }

    public void write(long value) {
        writeByte(PRESENT);
        writeZigZag(value);
    }

    public void write(float value) {
        writeByte(PRESENT);
        writeFixed(Float.floatToIntBits(value), Integer.BYTES);
    }

    public void write(double value) {
        writeByte(PRESENT);
        writeFixed(Double.doubleToLongBits(value), Long.BYTES);
    }

    public void write(Decimal value) {
        writeByte(PRESENT);
        if (value.isFinite()) {
            writeVariable(value.scale() + SPECIALS);
            writeArray(value.value().unscaledValue().toByteArray());
        } else {
            writeVariable(value.equals(Decimal.NAN) ? 0 : value.equals(Decimal.POSITIVE_INFINITY) ? 1 : 2);
        }
    }

    public void write(String value) {
        writeByte(PRESENT);
        writeArray(value.getBytes(StandardCharsets.UTF_8));
    }

    public void write(Bytes value) {
        writeByte(PRESENT);
        writeArray(value.array());
    }

    public void write(UUID value) {
        writeByte(PRESENT);
        writeFixed(value.getMostSignificantBits(), Long.BYTES);
        writeFixed(value.getLeastSignificantBits(), Long.BYTES);
    }

    public void write(TimeTz value) {
        writeByte(PRESENT);
        writeZigZag(value.micros());
        writeZigZag(value.offsetSeconds());
    }

    public void write(Interval value) {
        writeByte(PRESENT);
        writeZigZag(value.months());
        writeZigZag(value.days());
        writeZigZag(value.micros());
    }

    public void write(Jsonb value) {
        write(value.toString());
    }

    public void write(EnumLabel value) {
        write(value.order());
        writeArray(value.label().getBytes(StandardCharsets.UTF_8));
    }

    public void write(ArrayValue value) {
        writeByte(PRESENT);
        writeArray(value.element().name().getBytes(StandardCharsets.UTF_8));
        writeVariable(value.values().size());
        value.values().forEach(this::writeElement);
    }

    private void writeElement(@Nullable Object value) {
        switch (value) {
            case null -> writeNull();
            case Boolean element -> write(element.booleanValue());
            case Short element -> write(element.shortValue());
            case Integer element -> write(element.intValue());
            case Long element -> write(element.longValue());
            case Float element -> write(element.floatValue());
            case Double element -> write(element.doubleValue());
            case Decimal element -> write(element);
            case String element -> write(element);
            case Bytes element -> write(element);
            case UUID element -> write(element);
            case TimeTz element -> write(element);
            case Interval element -> write(element);
            case Jsonb element -> write(element);
            case EnumLabel element -> write(element);
            default -> throw new IllegalArgumentException("not an element: " + value.getClass());
        }
    }

    private void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    private void writeArray(byte[] array) {
        writeVariable(array.length);
        reserve(array.length);
        System.arraycopy(array, 0, bytes, size, array.length);
        size += array.length;
    }

    private void writeFixed(long value, int count) {
        for (int shift = (count - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            writeByte((int) (value >>> shift));
        }
    }

    private void writeZigZag(long value) {
        writeVariable((value << 1) ^ (value >> 63));
    }

    private void writeVariable(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
