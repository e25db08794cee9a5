package dev.millrace.dataflow.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of an {@link OrderedIndex}'s tree: sorted entries with the prefixes of their rows. A leaf's are its own, a branch's the first ones of its children.
 */
abstract sealed class OrderedNode permits OrderedLeaf, OrderedBranch {
    static final int CAPACITY = 64;
    /** A node with fewer is joined with a neighbour, or given some of the neighbour's. */
    static final int UNDERFULL = CAPACITY / 4;

    long[] prefixes;
    int[] positions;
    int size;
    /** The sum of the weights in and below this node. */
    long count;

    OrderedNode(int capacity) {
        prefixes = new long[capacity];
        positions = new int[capacity];
    }

    /** Adds an entry that is not there; gives the node that was split off to the right, or null if none was. */
    abstract @Nullable OrderedNode add(OrderedProbe probe, long weight);

    /** Removes an entry that is there. This node may be underfull then. */
    abstract void remove(OrderedProbe probe);

    /** Adds to the weight of an entry that is there, and gives what it is then. */
    abstract long reweigh(OrderedProbe probe, long change);

    /** The sum of the weights of all entries before what is looked for. */
    abstract long rank(OrderedProbe probe);

    abstract OrderedLeaf firstLeaf();

    abstract OrderedLeaf lastLeaf();

    /** Takes {@code moved} of its right neighbour's first entries, or gives it as many of its last if negative. */
    abstract void shift(OrderedNode right, int moved);

    abstract long memoryBytes();

    /** Checks this node and those below it; gives how many levels they are. */
    abstract int validate(OrderedProbe probe, boolean root);

    /** The index of the first entry that is not before what is looked for. */
    final int search(OrderedProbe probe) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (probe.compareTo(prefixes[middle], positions[middle]) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Makes a gap in the entries, which are counted with it. */
    final void open(int index) {
        if (size == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, size * 2);
            positions = Arrays.copyOf(positions, size * 2);
        }
        System.arraycopy(prefixes, index, prefixes, index + 1, size - index);
        System.arraycopy(positions, index, positions, index + 1, size - index);
        size++;
    }

    final void close(int index) {
        size--;
        System.arraycopy(prefixes, index + 1, prefixes, index, size - index);
        System.arraycopy(positions, index + 1, positions, index, size - index);
    }

    /** Moves entries between this node and its right neighbour, as {@link #shift} says. */
    final void shiftEntries(OrderedNode right, int moved) {
        shiftArray(prefixes, right.prefixes, right.size, moved);
        shiftArray(positions, right.positions, right.size, moved);
        size += moved;
        right.size -= moved;
    }

    /** The same with any arrays that go with the entries. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of one type
    final void shiftArray(Object left, Object right, int rightSize, int moved) {
        if (moved > 0) {
            System.arraycopy(right, 0, left, size, moved);
            System.arraycopy(right, moved, right, 0, rightSize - moved);
        } else {
            System.arraycopy(right, 0, right, -moved, rightSize);
            System.arraycopy(left, size + moved, right, 0, -moved);
        }
    }

    final void validateEntries(OrderedProbe probe, boolean root) {
        require(root || size >= UNDERFULL, "an underfull node");
        require(size <= CAPACITY, "a node with too many entries");
        for (int i = 0; i < size; i++) {
            require(prefixes[i] == probe.prefix(positions[i]), "a prefix that is not its row's");
            require(i == 0 || probe.compare(positions[i - 1], positions[i]) < 0, "entries that are out of order");
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("an ordered index has " + otherwise);
        }
    }
}
