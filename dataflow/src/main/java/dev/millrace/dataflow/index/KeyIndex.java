package dev.millrace.dataflow.index;

import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.store.PagedBits;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a store by a key that many may have. The {@linkplain HashTable table} holds one row of each key, its head. The others hang on it by one {@code int} a row:
 *
 * <pre>
 *   a key of few rows, a chain:       head → row → row → end       the int is the next row's position + 1, 0 at the end
 *   a key of many rows, a segment:    head ⇢ [head, row, row, …]   the head's int is ~(number of the segment),
 *                                                                  another row's is its index in the segment
 * </pre>
 *
 * A row is added in O(1). It is removed in O(1) too: from a chain by a walk of at most {@link #LONG_CHAIN} rows, since a walk that is longer makes a segment of it.
 * A row takes 4 bytes, and its key 11 to 22 more in the table.
 *
 * <p>A row that is to be removed at the end of a step is concealed until then: its key still leads to it, but it is not taken again.
 */
public final class KeyIndex {
    /** A chain that is seen to be longer becomes a segment. */
    public static final int LONG_CHAIN = 32;

    private static final int SHORT_SEGMENT = 8;

    private final Store store;
    private final RowMatch sameKey;
    private final HashTable table = new HashTable();
    private final PagedInts links;
    private final PagedBits concealed = new PagedBits();
    private final List<@Nullable Segment> segments = new ArrayList<>();
    private final List<Integer> freeSegments = new ArrayList<>();
    /** The rows of those segments in which a row was looked for, by all their values. */
    private @Nullable KeyIndex identities;

    private @Nullable RowHash identityHash;
    private final int[] one = new int[1];
    private final int[] hashed = new int[1];

    /** @param sameKey whether two rows of the store have one key */
    public KeyIndex(Store store, RowMatch sameKey) {
        this(store, sameKey, new PagedInts());
    }

    /**
     * An index of some of a store's rows.
     *
     * @param links a number for each row, shared by indexes of other rows of the store
     */
    public KeyIndex(Store store, RowMatch sameKey, PagedInts links) {
        this.store = store;
        this.sameKey = sameKey;
        this.links = links;
    }

    /** The table of the keys' heads, to be probed with hashes of keys. */
    public HashTable heads() {
        return table;
    }

    /** The head of the rows with the key of this row of the store, which need not be in the index; -1 if there is none. */
    public int head(int hash, int position) {
        return table.find(hash, sameKey, store, position, store);
    }

    /** Adds a row; its hash is not {@link RowHash#UNMATCHED}. */
    public void add(int hash, int position) {
        add(hash, position, head(hash, position));
    }

    /** Adds a row whose key has this head, or none if it is -1. */
    public void add(int hash, int position, int head) {
        int slot = store.slot(position);
        if (head < 0) {
            table.add(hash, position);
            links.set(slot, 0);
            return;
        }
        int link = links.get(store.slot(head));
        if (link < 0) {
            Segment segment = segment(link);
            links.set(slot, segment.add(position));
            if (segment.isIdentified() && identities != null) {
                identities.add(identityHash(store, position), position);
            }
        } else {
            links.set(slot, link);
            links.set(store.slot(head), position + 1);
        }
    }

    /** Removes a row that is there. */
    public void remove(int hash, int position) {
        int head = head(hash, position);
        int link = links.get(store.slot(head));
        if (link >= 0) {
            removeFromChain(hash, head, position);
        } else {
            removeFromSegment(hash, ~link, position);
        }
        if (isConcealed(position)) {
            concealed.clear(store.slot(position));
        }
    }

    /** Gives all rows. */
    public void forEach(IntConsumer consumer) {
        table.forEach(head -> {
            int link = links.get(store.slot(head));
            if (link < 0) {
                Segment segment = segment(link);
                for (int i = 0; i < segment.size(); i++) {
                    consumer.accept(segment.position(i));
                }
            } else {
                for (int row = head; row >= 0; row = next(row)) {
                    consumer.accept(row);
                }
            }
        });
    }

    /** Conceals a row that is there, of an index of which none is {@linkplain #takeIdentical taken}. */
    public void conceal(int position) {
        concealed.set(store.slot(position));
    }

    /** Whether a row was concealed, or taken, and not removed yet. */
    public boolean isConcealed(int position) {
        return concealed.get(store.slot(position));
    }

    /** The rows of a key with many, or null if they are a chain. */
    public @Nullable Segment segment(int head, boolean many) {
        int link = links.get(store.slot(head));
        if (link < 0) {
            return segment(link);
        }
        return many ? toSegment(head) : null;
    }

    /** The row of a chain that follows, or -1 at its end. */
    public int next(int position) {
        return links.get(store.slot(position)) - 1;
    }

    /**
     * Conceals a row with the key of this head that is identical to a row of another store of the same layout; -1 if there is none that is not concealed.
     *
     * @param hashing of whole rows of this layout
     */
    public int takeIdentical(int head, RowHash hashing, RowMatch identical, Store rows, int position) {
        int steps = 0;
        int link = links.get(store.slot(head));
        for (int candidate = link < 0 ? -1 : head; candidate >= 0; candidate = next(candidate)) {
            if (!isConcealed(candidate) && identical.matches(rows, position, store, candidate)) {
                conceal(candidate);
                return candidate;
            }
            if (++steps > LONG_CHAIN) {
                return takeIdentical(toSegment(head), hashing, identical, rows, position);
            }
        }
        return link < 0 ? takeIdentical(segment(link), hashing, identical, rows, position) : -1;
    }

    private int takeIdentical(Segment segment, RowHash hashing, RowMatch identical, Store rows, int position) {
        if (identities == null) {
            identityHash = hashing;
            identities = new KeyIndex(store, identical);
        }
        if (!segment.isIdentified()) {
            segment.identified();
            for (int i = 0; i < segment.size(); i++) {
                if (!isConcealed(segment.position(i))) {
                    identities.add(identityHash(store, segment.position(i)), segment.position(i));
                }
            }
        }
        int found = identities.heads().find(identityHash(rows, position), identical, rows, position, store);
        if (found >= 0) {
            forgetIdentity(segment, found);
            conceal(found);
        }
        return found;
    }

    private void forgetIdentity(Segment segment, int position) {
        if (segment.isIdentified() && identities != null && !isConcealed(position)) {
            identities.remove(identityHash(store, position), position);
        }
    }

    private int identityHash(Store rows, int position) {
        if (identityHash == null) {
            throw new IllegalStateException("no identities");
        }
        one[0] = position;
        identityHash.hash(rows, one, 1, hashed);
        return hashed[0];
    }

    /** The memory that it takes, that of the rows' numbers included. */
    public long memoryBytes() {
        long total = table.memoryBytes()
                + links.memoryBytes()
                + concealed.bytes()
                + (identities == null ? 0 : identities.memoryBytes());
        for (Segment segment : segments) {
            total += segment == null ? 0 : segment.memoryBytes();
        }
        return total;
    }

    private Segment segment(int link) {
        Segment segment = segments.get(~link);
        if (segment == null) {
            throw new IllegalStateException("segment " + ~link + " is gone");
        }
        return segment;
    }

    private void removeFromChain(int hash, int head, int position) {
        if (position == head) {
            int next = next(head);
            if (next < 0) {
                table.remove(hash, head);
            } else {
                table.replace(hash, head, next);
            }
            return;
        }
        int steps = 0;
        int before = head;
        while (next(before) != position) {
            before = next(before);
            if (++steps > LONG_CHAIN) {
                toSegment(head);
                removeFromSegment(hash, ~links.get(store.slot(head)), position);
                return;
            }
        }
        links.set(store.slot(before), links.get(store.slot(position)));
    }

    private Segment toSegment(int head) {
        Segment segment = new Segment();
        int number = freeSegments.isEmpty() ? segments.size() : freeSegments.removeLast();
        for (int row = head; row >= 0; ) {
            int next = next(row);
            links.set(store.slot(row), segment.add(row));
            row = next;
        }
        if (number == segments.size()) {
            segments.add(segment);
        } else {
            segments.set(number, segment);
        }
        links.set(store.slot(head), ~number);
        return segment;
    }

    private void removeFromSegment(int hash, int number, int position) {
        Segment segment = segment(~number);
        int head = segment.position(0);
        int index = position == head ? 0 : links.get(store.slot(position));
        forgetIdentity(segment, position);
        int moved = segment.remove(index);
        if (moved >= 0) {
            links.set(store.slot(moved), index == 0 ? ~number : index);
            if (index == 0) {
                table.replace(hash, head, moved);
            }
        }
        if (segment.size() <= SHORT_SEGMENT) {
            toChain(number, segment);
        }
    }

    private void toChain(int number, Segment segment) {
        for (int i = 0; i < segment.size(); i++) {
            forgetIdentity(segment, segment.position(i));
            boolean last = i + 1 == segment.size();
            links.set(store.slot(segment.position(i)), last ? 0 : segment.position(i + 1) + 1);
        }
        segments.set(number, null);
        freeSegments.add(number);
    }
}
