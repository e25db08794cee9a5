package dev.millrace.dataflow.store;

import java.util.Arrays;

/**
 * What a position is made of. In production it is the slot itself. With the system property {@code millrace.positions=checked} it is a generation in
 * the upper bits and the slot below, and whoever uses a position whose row is gone gets an error instead of another row:
 *
 * <pre>
 *   30      24 23                     0
 *  +----------+------------------------+
 *  |generation|          slot          |
 *  +----------+------------------------+
 * </pre>
 *
 * A slot's generation is counted up when its row goes, so one stale position in 128 is not found; a store then has room for 16 million rows.
 */
public final class Positions {
    /** Whether positions are checked. */
    public static final boolean CHECKED = "checked".equals(System.getProperty("millrace.positions"));

    private static final int SLOT_BITS = 24;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int GENERATIONS = 128;

    /** The greatest number of rows of a store. */
    static final int MAX_SLOTS = CHECKED ? 1 << SLOT_BITS : Integer.MAX_VALUE - Pages.ROWS;

    private byte[] generations = new byte[0];

    Positions() {}

    private Positions(byte[] generations) {
        this.generations = generations;
    }

    int position(int slot) {
        return CHECKED ? (generation(slot) << SLOT_BITS) | slot : slot;
    }

    int slot(int position) {
        if (!CHECKED) {
            return position;
        }
        int slot = position & SLOT_MASK;
        if (position < 0 || position >>> SLOT_BITS != generation(slot)) {
            throw new IllegalStateException("stale position: slot " + slot + " in generation "
                    + (position >>> SLOT_BITS) + ", which is in " + generation(slot));
        }
        return slot;
    }

    /** Makes all positions of slots from one to before another stale. */
    void invalidate(int from, int to) {
        if (!CHECKED) {
            return;
        }
        if (generations.length < to) {
            generations = Arrays.copyOf(generations, Math.max(to, generations.length * 2));
        }
        for (int slot = from; slot < to; slot++) {
            generations[slot] = (byte) ((generations[slot] + 1) % GENERATIONS);
        }
    }

    Positions share() {
        return new Positions(generations.clone());
    }

    private int generation(int slot) {
        return slot < generations.length ? generations[slot] : 0;
    }
}
