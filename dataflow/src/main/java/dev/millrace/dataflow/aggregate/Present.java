package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;

/** The entries of a change that an aggregate takes, as arrays side by side: the slot of the value, that of the group, and the weight. */
final class Present {
    private final Argument argument;
    private int count;
    private int[] slots = new int[0];
    private int[] groups = new int[0];
    private long[] weights = new long[0];

    Present(Argument argument) {
        this.argument = argument;
    }

    /** Fills the arrays from a change and the positions of its groups, and returns how many entries are taken. */
    int select(Batch change, int[] groupOf, Store state) {
        int size = change.size();
        if (slots.length < size) {
            int capacity = Math.max(size, slots.length * 2);
            slots = new int[capacity];
            groups = new int[capacity];
            weights = new long[capacity];
        }
        Store rows = change.store();
        Argument.Presence presence = argument.in(rows);
        int[] positions = change.positions();
        long[] changes = change.weights();
        int taken = 0;
        for (int i = 0; i < size; i++) {
            int slot = rows.slot(positions[i]);
            // Written whether it is taken or not: cheaper than a branch that is hard to foretell.
            slots[taken] = slot;
            groups[taken] = state.slot(groupOf[i]);
            weights[taken] = changes[i];
            taken += presence.has(slot) ? 1 : 0;
        }
        count = taken;
        return taken;
    }

    int count() {
        return count;
    }

    int[] slots() {
        return slots;
    }

    int[] groups() {
        return groups;
    }

    long[] weights() {
        return weights;
    }
}
