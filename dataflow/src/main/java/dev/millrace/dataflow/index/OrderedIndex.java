package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups of one store's positions in the order of their rows, each position an entry with a weight: how many copies it counts for. A group is a number, small
 * and not negative, that the caller chooses; it is there as long as it has entries. Rows that tie are in the order of their positions. A row must not
 * change, nor be freed, while it is an entry.
 *
 * <p>Each group is a B+-tree (Comer, <i>The ubiquitous B-tree</i>, 1979) whose branches know the weight below each child, so that copies can be found by rank
 * (Knuth, <i>The art of computer programming</i>, vol. 3, 6.2.3). Nodes hold up to {@value OrderedNode#CAPACITY} entries with the {@linkplain RowOrder#prefix
 * prefixes} of their rows, and rows are only compared where prefixes tie. Every call is O(log n) in the size of its group, in the worst case too. A group of
 * up to {@value OrderedArray#MOST} entries of weight 1 is one array.
 *
 * <p>An entry takes 12 bytes in a full leaf and 16 to 20 in the average one; another 8 in leaves that have a weight which is not 1. In a group of few it takes 4,
 * in an array of 16 bytes and room for up to twice as many; a group 4 more.
 */
public final class OrderedIndex {
    private static final int SHIFT = 10;
    private static final int PAGE = 1 << SHIFT;
    private static final int FIRST_PAGE = 4;
    /** A tree with so few entries of weight 1 becomes an array again. */
    private static final int FEW = OrderedArray.MOST / 2;

    private final OrderedProbe probe;
    private final OrderedCursor finder = new OrderedCursor(this);
    /** What each group is: nothing, an {@link OrderedArray} or the root of a tree. The first page doubles until it is as long as the others. */
    private @Nullable Object[][] pages = new Object[1][FIRST_PAGE];

    /** Without entries, over this store's rows. */
    public OrderedIndex(Store store, RowOrder order) {
        this.probe = new OrderedProbe(store, order);
    }

    /** Adds an entry of weight 1 that is not there. */
    public void add(int group, int position) {
        add(group, position, 1);
    }

    /** Adds an entry that is not there. Its weight may be 0: it has a place in the order then, and no copies. */
    public void add(int group, int position, long weight) {
        Object root = root(group);
        if (root == null && weight == 1) {
            root(group, OrderedArray.of(position));
            return;
        }
        probe.entry(position);
        if (root instanceof int[] few && weight == 1 && OrderedArray.size(few) < OrderedArray.MOST) {
            root(group, OrderedArray.add(few, probe));
            return;
        }
        OrderedNode node = tree(root);
        OrderedNode split = node.add(probe, weight);
        root(group, split == null ? node : OrderedBranch.of(node, split));
    }

    /** Removes an entry that is there, whatever its weight. */
    public void remove(int group, int position) {
        probe.entry(position);
        remove(group);
    }

    /** Removes the last entry of a group that has entries. */
    public void removeLast(int group) {
        probe.entry(last(group), lastPrefix(group));
        remove(group);
    }

    /** Adds to the weight of an entry that is there, and gives what it is then. An entry whose weight comes to 0 stays. */
    public long reweigh(int group, int position, long change) {
        Object root = root(group);
        probe.entry(position);
        if (root instanceof int[] few) {
            OrderedArray.require(few, probe);
        }
        OrderedNode node = tree(root);
        long weight = node.reweigh(probe, change);
        root(group, reduced(node));
        return weight;
    }

    /** The position of the first entry whose row ties with one of any store, or -1. */
    public int find(int group, Store rows, int position) {
        return finder.find(group, rows, position) ? finder.position() : -1;
    }

    /** How many copies are before a row of any store. */
    public long rank(int group, Store rows, int position) {
        Object root = root(group);
        probe.row(rows, position);
        return switch (root) {
            case int[] few -> OrderedArray.search(few, probe) - 1;
            case OrderedNode node -> node.rank(probe);
            case null, default -> 0;
        };
    }

    /** How many copies are before an entry, or before where it would be. */
    public long rankOf(int group, int position) {
        Object root = root(group);
        probe.entry(position);
        return switch (root) {
            case int[] few -> OrderedArray.search(few, probe) - 1;
            case OrderedNode node -> node.rank(probe);
            case null, default -> 0;
        };
    }

    /** The position of a group's first entry, or -1 if it has none. */
    public int first(int group) {
        return switch (root(group)) {
            case int[] few -> few[1];
            case OrderedNode node -> node.positions[0];
            case null, default -> -1;
        };
    }

    /** The position of a group's last entry, or -1 if it has none. */
    public int last(int group) {
        return switch (root(group)) {
            case int[] few -> few[OrderedArray.size(few)];
            case OrderedNode node -> {
                OrderedLeaf leaf = node.lastLeaf();
                yield leaf.positions[leaf.size - 1];
            }
            case null, default -> -1;
        };
    }

    /** The prefix of the row of the last entry of a group that has entries. */
    public long lastPrefix(int group) {
        if (root(group) instanceof OrderedNode node) {
            OrderedLeaf leaf = node.lastLeaf();
            return leaf.prefixes[leaf.size - 1];
        }
        return probe.prefix(last(group));
    }

    /** The weight of a group's last entry, or 0 if it has none. */
    public long lastWeight(int group) {
        return switch (root(group)) {
            case int[] few -> 1;
            case OrderedNode node -> {
                OrderedLeaf leaf = node.lastLeaf();
                yield leaf.weight(leaf.size - 1);
            }
            case null, default -> 0;
        };
    }

    /** The sum of a group's weights. */
    public long count(int group) {
        return switch (root(group)) {
            case int[] few -> OrderedArray.size(few);
            case OrderedNode node -> node.count;
            case null, default -> 0;
        };
    }

    /** Whether a group has entries, be their weights 0. */
    public boolean contains(int group) {
        return root(group) != null;
    }

    /** A new cursor. */
    public OrderedCursor cursor() {
        return new OrderedCursor(this);
    }

    /** The memory that it takes, in bytes. O(groups + entries / {@value OrderedNode#CAPACITY}). */
    public long memoryBytes() {
        long total = 0;
        for (Object[] page : pages) {
            total += page == null ? 0 : 16 + 4L * page.length;
            for (int i = 0; page != null && i < page.length; i++) {
                total += switch (page[i]) {
                    case int[] few -> 16 + 4L * few.length;
                    case OrderedNode node -> node.memoryBytes();
                    case null, default -> 0;
                };
            }
        }
        return total;
    }

    /** Checks what must hold of it, for tests; an {@link IllegalStateException} says what does not. */
    public void validate() {
        for (int group = 0; group < pages.length << SHIFT; group++) {
            Object root = root(group);
            if (root instanceof OrderedNode node) {
                node.validate(probe, true);
            } else if (root instanceof int[] few) {
                OrderedNode.require(few[0] > 0 && few[0] < few.length, "a group of a wrong size");
                for (int i = 2; i <= OrderedArray.size(few); i++) {
                    OrderedNode.require(probe.compare(few[i - 1], few[i]) < 0, "entries that are out of order");
                }
            }
        }
    }

    OrderedProbe probe() {
        return probe;
    }

    @Nullable
    Object root(int group) {
        int page = group >>> SHIFT;
        int index = group & (PAGE - 1);
        return page < pages.length && pages[page] != null && index < pages[page].length ? pages[page][index] : null;
    }

    private void remove(int group) {
        Object root = root(group);
        if (root instanceof int[] few) {
            int[] fewer = OrderedArray.remove(few, probe);
            root(group, OrderedArray.size(fewer) == 0 ? null : fewer);
        } else if (root instanceof OrderedNode node) {
            node.remove(probe);
            root(group, reduced(node));
        } else {
            throw new IllegalStateException("no entry of position " + probe.position());
        }
    }

    private OrderedNode tree(@Nullable Object root) {
        return switch (root) {
            case OrderedNode node -> node;
            case int[] few -> OrderedLeaf.of(few, 1, OrderedArray.size(few) + 1, probe);
            case null, default -> OrderedLeaf.of(new int[0], 0, 0, probe);
        };
    }

    private static @Nullable Object reduced(OrderedNode root) {
        return switch (root) {
            case OrderedBranch branch -> branch.size == 1 ? branch.child(0) : branch;
            case OrderedLeaf leaf when leaf.size == 0 -> null;
            case OrderedLeaf leaf
            when leaf.size <= FEW && !leaf.hasWeights() -> OrderedArray.of(leaf.positions, leaf.size);
            case OrderedLeaf leaf -> leaf;
        };
    }

    private void root(int group, @Nullable Object root) {
        int page = group >>> SHIFT;
        int index = group & (PAGE - 1);
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null) {
            pages[page] = new Object[PAGE];
        } else if (index >= pages[page].length) {
            pages[page] = Arrays.copyOf(pages[page], Math.max(Integer.highestOneBit(index) << 1, FIRST_PAGE));
        }
        pages[page][index] = root;
    }
}
