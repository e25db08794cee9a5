package dev.millrace.dataflow.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entries with their weights. */
final class OrderedLeaf extends OrderedNode {
    private static final int FIRST_CAPACITY = OrderedArray.MOST + 1;

    /** As long as the entries; null while all weights are 1. */
    private long @Nullable [] weights;
    /** How many weights are not 1. */
    private int unusual;

    private @Nullable OrderedLeaf next;

    OrderedLeaf(int capacity) {
        super(capacity);
    }

    /** A leaf of these sorted entries, each of weight 1. */
    static OrderedLeaf of(int[] entries, int from, int to, OrderedProbe probe) {
        OrderedLeaf leaf = new OrderedLeaf(FIRST_CAPACITY);
        leaf.size = to - from;
        leaf.count = leaf.size;
        for (int i = 0; i < leaf.size; i++) {
            leaf.positions[i] = entries[from + i];
            leaf.prefixes[i] = probe.prefix(entries[from + i]);
        }
        return leaf;
    }

    long weight(int index) {
        return weights == null ? 1 : weights[index];
    }

    boolean hasWeights() {
        return weights != null;
    }

    @Nullable
    OrderedLeaf next() {
        return next;
    }

    @Override
    @Nullable
    OrderedNode add(OrderedProbe probe, long weight) {
        int index = search(probe);
        if (size < CAPACITY) {
            insert(index, probe, weight);
            return null;
        }
        OrderedLeaf right = new OrderedLeaf(CAPACITY);
        right.next = next;
        next = right;
        shift(right, -CAPACITY / 2);
        if (index <= size) {
            insert(index, probe, weight);
        } else {
            right.insert(index - size, probe, weight);
        }
        return right;
    }

    @Override
    void remove(OrderedProbe probe) {
        int index = require(probe);
        count -= weight(index);
        weigh(index, 1);
        close(index);
        if (weights != null) {
            System.arraycopy(weights, index + 1, weights, index, size - index);
        }
    }

    @Override
    long reweigh(OrderedProbe probe, long change) {
        int index = require(probe);
        long weight = Math.addExact(weight(index), change);
        weigh(index, weight);
        count = Math.addExact(count, change);
        return weight;
    }

    @Override
    long rank(OrderedProbe probe) {
        return before(search(probe));
    }

    /** The sum of the weights of the entries before one. */
    long before(int index) {
        if (weights == null) {
            return index;
        }
        long sum = 0;
        for (int i = 0; i < index; i++) {
            sum += weights[i];
        }
        return sum;
    }

    @Override
    OrderedLeaf firstLeaf() {
        return this;
    }

    @Override
    OrderedLeaf lastLeaf() {
        return this;
    }

    @Override
    void shift(OrderedNode neighbour, int moved) {
        OrderedLeaf right = (OrderedLeaf) neighbour;
        int needed = size + Math.max(moved, 0);
        if (needed > prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, CAPACITY);
            positions = Arrays.copyOf(positions, CAPACITY);
            weights = weights == null ? null : Arrays.copyOf(weights, CAPACITY);
        }
        if (right.size - Math.min(moved, 0) > right.prefixes.length) {
            right.prefixes = Arrays.copyOf(right.prefixes, CAPACITY);
            right.positions = Arrays.copyOf(right.positions, CAPACITY);
            right.weights = right.weights == null ? null : Arrays.copyOf(right.weights, CAPACITY);
        }
        if (weights != null || right.weights != null) {
            shiftArray(makeWeights(), right.makeWeights(), right.size, moved);
        }
        shiftEntries(right, moved);
        recount();
        right.recount();
        if (right.size == 0) {
            next = right.next;
        }
    }

    @Override
    long memoryBytes() {
        return 48 + prefixes.length * 12L + (weights == null ? 32 : 48 + weights.length * 8L);
    }

    @Override
    int validate(OrderedProbe probe, boolean root) {
        validateEntries(probe, root);
        long sum = 0;
        int others = 0;
        for (int i = 0; i < size; i++) {
            sum += weight(i);
            others += weight(i) == 1 ? 0 : 1;
        }
        require(sum == count && others == unusual, "a leaf with a wrong count");
        require(weights == null || unusual > 0, "a leaf with weights that are all 1");
        return 1;
    }

    private void insert(int index, OrderedProbe probe, long weight) {
        open(index);
        prefixes[index] = probe.prefix();
        positions[index] = probe.position();
        if (weights != null) {
            weights = weights.length == prefixes.length ? weights : Arrays.copyOf(weights, prefixes.length);
            System.arraycopy(weights, index, weights, index + 1, size - 1 - index);
            weights[index] = 1;
        }
        weigh(index, weight);
        count = Math.addExact(count, weight);
    }

    private int require(OrderedProbe probe) {
        int index = search(probe);
        if (index == size || positions[index] != probe.position()) {
            throw new IllegalStateException("no entry of position " + probe.position());
        }
        return index;
    }

    private void weigh(int index, long weight) {
        unusual += (weight(index) == 1 ? 0 : -1) + (weight == 1 ? 0 : 1);
        if (unusual == 0) {
            weights = null;
        } else {
            makeWeights()[index] = weight;
        }
    }

    private long[] makeWeights() {
        long[] present = weights;
        if (present == null) {
            present = new long[prefixes.length];
            Arrays.fill(present, 1);
            weights = present;
        }
        return present;
    }

    private void recount() {
        count = size;
        unusual = 0;
        for (int i = 0; weights != null && i < size; i++) {
            count += weights[i] - 1;
            unusual += weights[i] == 1 ? 0 : 1;
        }
        if (unusual == 0) {
            weights = null;
        }
    }
}
