package dev.millrace.dataflow.row;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string, ordered as unsigned bytes. The array is owned: nobody writes to it after construction. */
public record Bytes(byte[] array) implements Comparable<Bytes> {
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    /** Postgres's hex form: {@code \xdeadbeef}. */
    @Override
    public String toString() {
        return "\\x" + HexFormat.of().formatHex(array);
    }
}
