package dev.millrace.dataflow.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Children with their counts, each behind its first entry. */
final class OrderedBranch extends OrderedNode {
    private final OrderedNode[] children = new OrderedNode[CAPACITY];
    private final long[] counts = new long[CAPACITY];

    private OrderedBranch() {
        super(CAPACITY);
    }

    /** The root above two. */
    static OrderedBranch of(OrderedNode left, OrderedNode right) {
        OrderedBranch branch = new OrderedBranch();
        branch.children[0] = left;
        branch.children[1] = right;
        branch.size = 2;
        branch.refresh(0);
        branch.refresh(1);
        branch.recount();
        return branch;
    }

    OrderedNode child(int index) {
        return children[index];
    }

    /** What the child's weights sum up to. */
    long count(int index) {
        return counts[index];
    }

    @Override
    @Nullable
    OrderedNode add(OrderedProbe probe, long weight) {
        int index = childOf(probe);
        OrderedNode split = children[index].add(probe, weight);
        refresh(index);
        count = Math.addExact(count, weight);
        if (split == null) {
            return null;
        }
        if (size < CAPACITY) {
            insert(index + 1, split);
            return null;
        }
        OrderedBranch right = new OrderedBranch();
        shift(right, -CAPACITY / 2);
        if (index < size) {
            insert(index + 1, split);
        } else {
            right.insert(index + 1 - size, split);
        }
        recount();
        right.recount();
        return right;
    }

    @Override
    void remove(OrderedProbe probe) {
        int index = childOf(probe);
        children[index].remove(probe);
        count += children[index].count - counts[index];
        if (children[index].size < UNDERFULL) {
            rebalance(Math.max(index - 1, 0));
        } else {
            refresh(index);
        }
    }

    @Override
    long reweigh(OrderedProbe probe, long change) {
        int index = childOf(probe);
        long weight = children[index].reweigh(probe, change);
        counts[index] += change;
        count = Math.addExact(count, change);
        return weight;
    }

    @Override
    long rank(OrderedProbe probe) {
        int index = childOf(probe);
        long rank = children[index].rank(probe);
        for (int i = 0; i < index; i++) {
            rank += counts[i];
        }
        return rank;
    }

    @Override
    OrderedLeaf firstLeaf() {
        return children[0].firstLeaf();
    }

    @Override
    OrderedLeaf lastLeaf() {
        return children[size - 1].lastLeaf();
    }

    @Override
    void shift(OrderedNode neighbour, int moved) {
        OrderedBranch right = (OrderedBranch) neighbour;
        shiftArray(children, right.children, right.size, moved);
        shiftArray(counts, right.counts, right.size, moved);
        shiftEntries(right, moved);
        Arrays.fill(children, size, CAPACITY, null);
        Arrays.fill(right.children, right.size, CAPACITY, null);
        recount();
        right.recount();
    }

    @Override
    long memoryBytes() {
        long total = 120 + CAPACITY * 24L;
        for (int i = 0; i < size; i++) {
            total += children[i].memoryBytes();
        }
        return total;
    }

    @Override
    int validate(OrderedProbe probe, boolean root) {
        validateEntries(probe, root);
        require(size > 1, "a branch of one child");
        long sum = 0;
        int height = children[0].validate(probe, false);
        for (int i = 0; i < size; i++) {
            require(children[i].positions[0] == positions[i], "a branch that does not know a child's first entry");
            require(i == 0 || children[i].validate(probe, false) == height, "leaves at different heights");
            require(
                    i == 0 || children[i - 1].lastLeaf().next() == children[i].firstLeaf(),
                    "leaves that are not linked");
            require(counts[i] == children[i].count, "a branch that does not know a child's count");
            sum += counts[i];
        }
        require(sum == count, "a branch with a wrong count");
        return height + 1;
    }

    /** The last child whose first entry is before what is looked for, or is it; else the first child. */
    int childOf(OrderedProbe probe) {
        int index = search(probe);
        boolean isFirst = index < size && probe.isEntry() && positions[index] == probe.position();
        return isFirst ? index : Math.max(index - 1, 0);
    }

    private void insert(int index, OrderedNode child) {
        System.arraycopy(children, index, children, index + 1, size - index);
        System.arraycopy(counts, index, counts, index + 1, size - index);
        open(index);
        children[index] = child;
        refresh(index);
    }

    /** Joins a child with its right neighbour, or makes the two equally full. */
    private void rebalance(int index) {
        OrderedNode left = children[index];
        OrderedNode right = children[index + 1];
        boolean join = left.size + right.size <= CAPACITY - UNDERFULL;
        left.shift(right, join ? right.size : (right.size - left.size) / 2);
        refresh(index);
        if (join) {
            close(index + 1);
            System.arraycopy(children, index + 2, children, index + 1, size - index - 1);
            System.arraycopy(counts, index + 2, counts, index + 1, size - index - 1);
            Arrays.fill(children, size, size + 1, null);
        } else {
            refresh(index + 1);
        }
    }

    private void refresh(int index) {
        prefixes[index] = children[index].prefixes[0];
        positions[index] = children[index].positions[0];
        counts[index] = children[index].count;
    }

    private void recount() {
        count = 0;
        for (int i = 0; i < size; i++) {
            count += counts[i];
        }
    }
}
