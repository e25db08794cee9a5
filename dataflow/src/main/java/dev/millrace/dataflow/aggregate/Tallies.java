package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How many values of each kind a group has, for kinds that are few and mostly none: the scales of decimals, NaN and the infinities, negative zero. They stand in a
 * bytea column, null if there are none, else ascending by kind:
 *
 * <pre>
 *   | kind int4 | count int8 | kind int4 | count int8 | …
 * </pre>
 *
 * A scale is its own kind; the others are negative.
 */
final class Tallies {
    static final int NAN = -1;
    static final int POSITIVE_INFINITY = -2;
    static final int NEGATIVE_INFINITY = -3;
    static final int NEGATIVE_ZERO = -4;
    private static final int ENTRY = Integer.BYTES + Long.BYTES;

    private final @Nullable Object[][] tallies;

    Tallies(Store state, int column) {
        tallies = state.references(column);
    }

    /** Counts values of a kind. */
    void add(int slot, int kind, long weight) {
        byte[] old = bytes(slot);
        int at = find(old, kind);
        boolean present = at < old.length && ByteBuffer.wrap(old).getInt(at) == kind;
        long count = Math.addExact(present ? ByteBuffer.wrap(old).getLong(at + Integer.BYTES) : 0, weight);
        int rest = present ? at + ENTRY : at;
        ByteBuffer changed = ByteBuffer.allocate(at + (count == 0 ? 0 : ENTRY) + old.length - rest);
        changed.put(old, 0, at);
        if (count != 0) {
            changed.putInt(kind).putLong(count);
        }
        changed.put(old, rest, old.length - rest);
        tallies[slot >>> Pages.SHIFT][slot & Pages.MASK] = changed.capacity() == 0 ? null : new Bytes(changed.array());
    }

    /** Counts values that are NaN or infinite. */
    void addSpecial(int slot, double special, long weight) {
        add(slot, Double.isNaN(special) ? NAN : special > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY, weight);
    }

    /** How many values of a kind there are. */
    long count(int slot, int kind) {
        byte[] entries = bytes(slot);
        int at = find(entries, kind);
        return at < entries.length && ByteBuffer.wrap(entries).getInt(at) == kind
                ? ByteBuffer.wrap(entries).getLong(at + Integer.BYTES)
                : 0;
    }

    /** The greatest scale that is counted, or -1. */
    int greatestScale(int slot) {
        byte[] entries = bytes(slot);
        return entries.length == 0 ? -1 : Math.max(-1, ByteBuffer.wrap(entries).getInt(entries.length - ENTRY));
    }

    /** Whether there are NaNs or infinities. */
    boolean hasSpecials(int slot) {
        return !isEmpty(slot)
                && (count(slot, NAN) | count(slot, POSITIVE_INFINITY) | count(slot, NEGATIVE_INFINITY)) != 0;
    }

    /** What the NaNs and infinities make of any sum they are in: opposite infinities are not a number. */
    double specialSum(int slot) {
        boolean positive = count(slot, POSITIVE_INFINITY) != 0;
        boolean negative = count(slot, NEGATIVE_INFINITY) != 0;
        if (count(slot, NAN) != 0 || (positive && negative)) {
            return Double.NaN;
        }
        return positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    boolean isEmpty(int slot) {
        return tallies[slot >>> Pages.SHIFT][slot & Pages.MASK] == null;
    }

    private byte[] bytes(int slot) {
        return tallies[slot >>> Pages.SHIFT][slot & Pages.MASK] instanceof Bytes bytes ? bytes.array() : new byte[0];
    }

    /** Where the entry of a kind is, or would be. */
    private static int find(byte[] entries, int kind) {
        ByteBuffer buffer = ByteBuffer.wrap(entries);
        int at = 0;
        while (at < entries.length && buffer.getInt(at) < kind) {
            at += ENTRY;
        }
        return at;
    }
}
