package dev.millrace.dataflow.index;

import dev.millrace.dataflow.store.Store;
import org.jspecify.annotations.Nullable;

/** A place in one group's order. It holds until the group changes, and can be used again for any group. */
public final class OrderedCursor {
    private static final int[] NONE = {};

    private final OrderedIndex index;
    private int[] positions = NONE;
    /** Null in a group of few. */
    private @Nullable OrderedLeaf leaf;

    private int at;
    private int end;
    private long before;

    OrderedCursor(OrderedIndex index) {
        this.index = index;
    }

    /** Goes to the entry of which a copy has this rank, counted from 0; gives whether there is one. O(log n). */
    public boolean seek(int group, long rank) {
        Object root = index.root(group);
        before = 0;
        leaf = null;
        if (root instanceof OrderedNode node) {
            return rank < node.count && seek(node, rank);
        }
        positions = root == null ? NONE : (int[]) root;
        int size = root == null ? 0 : OrderedArray.size(positions);
        before = Math.min(rank, size);
        at = (int) before + 1;
        end = size + 1;
        return at < end;
    }

    /**
     * Goes to the first entry, be its weight 0, that is not before a row of any store, or to the end; {@link #before} is then how many copies are before that row.
     * Gives whether the entry's row ties with it. O(log n).
     */
    public boolean find(int group, Store rows, int position) {
        Object root = index.root(group);
        OrderedProbe probe = index.probe().row(rows, position);
        before = 0;
        leaf = null;
        if (root instanceof OrderedNode node) {
            find(node, probe);
        } else {
            positions = root == null ? NONE : (int[]) root;
            at = root == null ? 1 : OrderedArray.search(positions, probe);
            end = root == null ? 1 : OrderedArray.size(positions) + 1;
            before = at - 1L;
        }
        if (isAtEnd()) {
            return false;
        }
        return (leaf == null ? probe.compareTo(positions[at]) : probe.compareTo(leaf.prefixes[at], positions[at])) == 0;
    }

    /** Whether there is no entry here. */
    public boolean isAtEnd() {
        return at >= end;
    }

    /** Goes on to the next entry whose weight is not 0; gives whether there is one. */
    public boolean next() {
        before += weight();
        do {
            at++;
            if (at >= end && !nextLeaf()) {
                return false;
            }
        } while (weight() == 0);
        return true;
    }

    /** The entry's position. */
    public int position() {
        return positions[at];
    }

    /** The entry's weight. */
    public long weight() {
        return leaf == null ? 1 : leaf.weight(at);
    }

    /** The rank of the entry's first copy. */
    public long before() {
        return before;
    }

    private boolean seek(OrderedNode root, long rank) {
        OrderedNode node = root;
        while (node instanceof OrderedBranch branch) {
            int child = 0;
            while (rank - before >= branch.count(child)) {
                before += branch.count(child++);
            }
            node = branch.child(child);
        }
        enter((OrderedLeaf) node);
        while (rank - before >= weight()) {
            before += weight();
            at++;
        }
        return true;
    }

    private void find(OrderedNode root, OrderedProbe probe) {
        OrderedNode node = root;
        while (node instanceof OrderedBranch branch) {
            int child = branch.childOf(probe);
            for (int i = 0; i < child; i++) {
                before += branch.count(i);
            }
            node = branch.child(child);
        }
        OrderedLeaf found = (OrderedLeaf) node;
        enter(found);
        at = found.search(probe);
        before += found.before(at);
        if (at == end) {
            nextLeaf();
        }
    }

    private boolean nextLeaf() {
        OrderedLeaf following = leaf == null ? null : leaf.next();
        if (following == null) {
            return false;
        }
        enter(following);
        return true;
    }

    private void enter(OrderedLeaf entered) {
        leaf = entered;
        positions = entered.positions;
        at = 0;
        end = entered.size;
    }
}
