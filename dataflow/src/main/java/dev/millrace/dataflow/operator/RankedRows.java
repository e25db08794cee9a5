package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of groups, of which only the first {@code window} copies of each must be in order. A group's rows are in two parts:
 *
 * <ul>
 *   <li>its head, an {@link OrderedIndex} without identical rows: at least {@code window} copies, or all there are;
 *   <li>its tail, all rows behind the head's last: the changes that came, added in O(1), neither sorted nor added up.
 * </ul>
 *
 * When the head runs short it is given the first rows of the tail, at least about one in {@value #REFILL}, found by way of a sample. When it has grown by
 * insertions, its last rows go to the tail, at most {@value #EVICTIONS} for a change. So between two times that a tail of {@code n} rows is read, the head has lost
 * in the order of {@code n} rows to changes, and a change costs O(log n) amortised (as in incremental sorting: Paredes and Navarro, <i>Optimal incremental sorting</i>,
 * 2006). A tail of which a third are retractions is sorted and added up, which costs those O(log n) each.
 */
final class RankedRows {
    private static final int REFILL = 16;
    private static final int EVICTIONS = 2;
    private static final int SAMPLE = 64;
    private static final int SHORT_TAIL = 16;

    private final Store rows;
    private final OrderedIndex head;
    private final OrderedIndex sample;
    private final OrderedCursor sampled;
    private final Tails tails;
    private final RowOrder order;
    private final RowCode copy;
    private final List<Template<?>> code;
    private final WorkMeter meter;
    private final long window;
    private final boolean appendOnly;
    /** A head with more copies gives rows away. */
    private final long roomy;

    /** Where the row is, or would be, that was looked up. */
    private final OrderedCursor place;

    private int entry;
    private boolean behind;

    private final Entries moved = new Entries();
    /** Entries of the head whose weight came to 0 in this group, some perhaps twice, some not 0 any more. */
    private final Entries emptied = new Entries();
    /** Rows that are in no group any more. They stay for who is told of the change. */
    private final Entries gone = new Entries();

    private int[] kept = new int[1];
    private final int[] source = new int[1];
    private final int[] target = new int[1];

    /** @param appendOnly whether no row is ever taken back: then there are no tails, and what is behind the window goes */
    RankedRows(
            List<DataType> types,
            List<SortKey> keys,
            long window,
            boolean appendOnly,
            CodeCache cache,
            WorkMeter meter) {
        OrderTemplate ordering = new OrderTemplate(types, keys, true);
        RowProgram copying =
                RowProgram.copy(types, IntStream.range(0, types.size()).boxed().toList());
        this.order = cache.get(ordering);
        this.copy = cache.get(copying);
        this.code = List.of(ordering, copying);
        this.rows = new Store(types);
        this.head = new OrderedIndex(rows, order);
        this.place = head.cursor();
        this.sample = new OrderedIndex(rows, order);
        this.sampled = sample.cursor();
        this.tails = new Tails(rows);
        this.window = window;
        this.appendOnly = appendOnly;
        this.roomy = appendOnly ? window : window + Math.min(Math.max(2, window / 2), Long.MAX_VALUE - window);
        this.meter = meter;
    }

    Store rows() {
        return rows;
    }

    OrderedIndex head() {
        return head;
    }

    List<Template<?>> code() {
        return code;
    }

    /** A number as {@link RowOrder#prefix} gives it. */
    long prefix(Store store, int position) {
        return order.prefix(store, position);
    }

    /** Whether a row with a greater prefix than this belongs to the tail for certain. */
    long bound(int group) {
        return tails.bound(group);
    }

    /** Looks a row up, for {@link #isBehind}, {@link #rank}, {@link #add} and {@link #retract}. */
    void find(int group, Store store, int position) {
        entry = place.find(group, store, position) ? place.position() : -1;
        behind = place.isAtEnd() && head.count(group) >= window;
    }

    /** Whether the row belongs to the tail. */
    boolean isBehind() {
        return behind;
    }

    /** How many copies are before the row. */
    long rank() {
        return place.before();
    }

    /** Copies rows of another store, of which none is in a group yet. */
    void copy(Store store, int[] positions, int count, int[] copies) {
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
        }
        rows.allocate(count, copies);
        copy.run(store, positions, null, null, count, kept, rows, copies);
    }

    /** Adds a copy of a row to the tail it belongs to. */
    void addBehind(int group, int position, long weight) {
        if (appendOnly) {
            gone.add(position, 0);
            return;
        }
        if (weight != 1) {
            rows.weight(position, weight);
        }
        tails.add(group, position);
    }

    /** Adds copies of a row to the tail it belongs to, or takes them away. */
    void retractBehind(int group, Store store, int position, long weight) {
        source[0] = position;
        copy(store, source, 1, target);
        addBehind(group, target[0], weight);
    }

    /** Adds the row, which was copied to this position, to the head it belongs to; gives the position that it has in it. */
    int add(int group, int position, long weight) {
        if (entry >= 0) {
            reweigh(group, weight);
            gone.add(position, 0);
            return entry;
        }
        if (weight != rows.weight(position)) {
            rows.weight(position, weight);
        }
        head.add(group, position, weight);
        return position;
    }

    /**
     * Takes copies of the row from the head it belongs to, and sees to it that the head is not short; gives the position that the row had in it, and has until the group is {@linkplain #settle settled}.
     */
    int retract(int group, Store store, int position, long weight) {
        int taken = entry;
        take(group, store, position, weight);
        refill(group);
        return taken;
    }

    /** Brings a group into the form that it must have between steps; gives whether it still has rows. */
    boolean settle(int group, int changes) {
        sweep(group);
        evict(group, appendOnly ? Long.MAX_VALUE : EVICTIONS * (long) changes);
        addUpRetractions(group);
        boolean full = head.count(group) >= window;
        tails.bound(group, full ? head.lastPrefix(group) : Long.MAX_VALUE);
        return head.contains(group);
    }

    /** Whether more than a third of a tail that is not short are retractions, so that it holds fewer rows than those: then its group is to be settled. */
    boolean hasManyRetractions(int group) {
        return 3L * tails.negatives(group) > Math.max(SHORT_TAIL, tails.length(group));
    }

    private void addUpRetractions(int group) {
        if (hasManyRetractions(group)) {
            refill(group, Long.MAX_VALUE);
            sweep(group);
            evict(group, Long.MAX_VALUE);
        }
    }

    /** Frees the rows that are in no group any more. */
    void endStep() {
        for (int i = 0; i < gone.size(); i++) {
            rows.free(gone.positions()[i]);
        }
        gone.clear();
    }

    long memoryBytes() {
        return rows.memoryBytes() + head.memoryBytes() + tails.memoryBytes();
    }

    /** Checks all groups, and that there are no other rows. */
    void validate(GroupKeys groups) {
        head.validate();
        OrderedCursor cursor = head.cursor();
        long found = 0;
        for (int group = 0; group < groups.limit(); group++) {
            require(head.contains(group) == groups.contains(group), "a group without rows");
            boolean full = head.count(group) >= window;
            long bound = full ? order.prefix(rows, head.last(group)) : Long.MAX_VALUE;
            require(tails.bound(group) == bound, "a group with a wrong bound");
            require(full || tails.length(group) == 0, "a head that is short");
            for (boolean more = cursor.seek(group, 0); more; more = cursor.next()) {
                require(cursor.weight() == rows.weight(cursor.position()), "a wrong weight");
                found++;
            }
            found += validateTail(group);
        }
        require(found == rows.size(), "rows in no group");
    }

    private int validateTail(int group) {
        int length = tails.length(group);
        int negatives = 0;
        int position = length == 0 ? -1 : tails.newest(group);
        for (int i = 0; i < length; i++) {
            find(group, rows, position);
            require(behind, "a row before the tail in it");
            negatives += rows.weight(position) < 0 ? 1 : 0;
            position = i + 1 < length ? tails.older(position) : -1;
        }
        require(negatives == tails.negatives(group), "a wrong count of retractions");
        return length;
    }

    private void take(int group, Store store, int position, long weight) {
        if (entry < 0) {
            throw new IllegalStateException("row " + store.row(position) + " was retracted and is not there");
        }
        reweigh(group, weight);
    }

    private void reweigh(int group, long change) {
        long weight = Math.addExact(rows.weight(entry), change);
        if (weight < 0) {
            throw new IllegalStateException("row " + rows.row(entry) + " was retracted more often than it was there");
        }
        head.reweigh(group, entry, change);
        rows.weight(entry, weight);
        if (weight == 0) {
            emptied.add(entry, 0);
        }
    }

    /** Removes the entries of weight 0 from the head. */
    private void sweep(int group) {
        for (int i = 0; i < emptied.size(); i++) {
            int position = emptied.positions()[i];
            if (rows.weight(position) == 0) {
                // So that the same entry does not count twice.
                rows.weight(position, -1);
                head.remove(group, position);
                gone.add(position, 0);
            }
        }
        emptied.clear();
    }

    private void evict(int group, long most) {
        for (long i = 0; i < most && head.count(group) - head.lastWeight(group) >= roomy; i++) {
            int last = head.last(group);
            head.removeLast(group);
            if (appendOnly) {
                gone.add(last, 0);
            } else {
                tails.add(group, last);
            }
        }
    }

    private void refill(int group) {
        while (head.count(group) < window && tails.length(group) > 0) {
            long missing = roomy - head.count(group);
            refill(group, Math.max(missing, tails.length(group) / REFILL));
        }
    }

    /** Moves about as many of the tail's first rows to the head, or all. */
    private void refill(int group, long wanted) {
        int length = tails.length(group);
        int last = quantile(group, wanted);
        long prefix = last < 0 ? Long.MAX_VALUE : order.prefix(rows, last);
        int position = tails.newest(group);
        tails.clear(group);
        moved.clear();
        for (int i = 0; i < length; i++) {
            int older = i + 1 < length ? tails.older(position) : -1;
            long ownPrefix = last < 0 ? prefix : order.prefix(rows, position);
            if (ownPrefix < prefix || (ownPrefix == prefix && (last < 0 || !isAfter(position, last)))) {
                moved.add(position, rows.weight(position));
            } else {
                tails.add(group, position);
            }
            position = older;
        }
        meter.add(length);
        addMoved(group);
    }

    private boolean isAfter(int position, int other) {
        return order.compare(rows, position, rows, other) > 0;
    }

    /** The row of the tail that about so many are before, or -1 if that may be all. */
    private int quantile(int group, long wanted) {
        int length = tails.length(group);
        int stride = Math.max(1, length / SAMPLE);
        // Half as many again, as a sample is not exact.
        long rank = 1 + (wanted > length ? length : (wanted + wanted / 2) / stride);
        if (rank >= length / stride) {
            return -1;
        }
        int position = tails.newest(group);
        for (int i = 0; i < length; i++) {
            if (i % stride == 0) {
                sample.add(0, position);
            }
            position = i + 1 < length ? tails.older(position) : position;
        }
        sampled.seek(0, rank);
        int found = sampled.position();
        while (sample.contains(0)) {
            sample.remove(0, sample.last(0));
        }
        return found;
    }

    /** Adds what was moved to the head: retractions last, so that they find what they retract. */
    private void addMoved(int group) {
        int[] positions = moved.positions();
        long[] weights = moved.weights();
        for (int i = 0; i < moved.size(); i++) {
            if (weights[i] > 0) {
                find(group, rows, positions[i]);
                add(group, positions[i], weights[i]);
            }
        }
        for (int i = 0; i < moved.size(); i++) {
            if (weights[i] < 0) {
                find(group, rows, positions[i]);
                take(group, rows, positions[i], weights[i]);
                gone.add(positions[i], 0);
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("there are " + otherwise);
        }
    }
}
