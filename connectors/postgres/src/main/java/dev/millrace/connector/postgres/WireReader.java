package dev.millrace.connector.postgres;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.nio.charset.StandardCharsets;

/** A cursor over one message's bytes, which it does not copy. Reading past the end is a protocol violation. */
final class WireReader {
    final byte[] bytes;
    private int position;

    WireReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    boolean isAtEnd() {
        return position >= bytes.length;
    }

    int int8() {
        return bytes[advance(Byte.BYTES)];
    }

    int int16() {
        return BinaryFormat.int16(bytes, advance(Short.BYTES));
    }

    int int32() {
        return BinaryFormat.int32(bytes, advance(Integer.BYTES));
    }

    long int64() {
        return BinaryFormat.int64(bytes, advance(Long.BYTES));
    }

    /** Text up to a zero byte. */
    String text() {
        int start = position;
        int length = 0;
        while (int8() != 0) {
            length++;
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** Moves on by this many bytes and returns where they start. */
    int advance(int length) {
        int start = position;
        if (length < 0 || length > bytes.length - start) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "a message of " + bytes.length + " bytes ends before the " + length + " bytes at " + start);
        }
        position = start + length;
        return start;
    }
}
