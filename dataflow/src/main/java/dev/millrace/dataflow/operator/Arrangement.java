package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.PagedBits;
import dev.millrace.dataflow.store.PagedInts;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of its input as entries with weights, indexed by a key, for all joins that look its rows up by this key. Identical rows may be several entries. Of a table the
 * entries are the table's own rows, and only the index is here; of any other input the rows are copied.
 *
 * <p>{@code Δarr(A) = ΔA}, as whole entries: first those that go, then those that come. Of an entry of weight {@code w} that loses {@code k} copies and keeps others, the
 * entry goes and one of weight {@code w − k} comes. Until the step has ended both states are there for the readers: what comes is linked at once, and what goes stays linked, so a row
 * that is found stood before the step unless it {@linkplain #hasCome has come}, and stands after it unless it {@linkplain #isGoing is going}. Expected O(|ΔA|).
 */
public final class Arrangement implements Operator {
    private final Store rows;
    private final boolean owned;
    private final boolean appendOnly;
    private final PagedInts links;
    private final boolean sharesLinks;
    private final KeyIndex index;
    /** Of the key, {@link RowHash#UNMATCHED} with a NULL that matches nothing. */
    private final RowHash hash;

    private final RowMatch sameKey;
    private final RowCode copy;
    private final CodeCache cache;
    private final WorkMeter meter;
    /** To find the row that is retracted; made when the first is. */
    private @Nullable RowHash identityHash;

    private @Nullable RowMatch identical;
    private final List<Template<?>> code = new ArrayList<>();
    private final Batch output;
    /** Which entries have come in this step: those that {@link #rest} has, and once somebody wants to know, all. */
    private final PagedBits come = new PagedBits();

    private boolean marked;
    private final Entries going = new Entries();
    /** The entries that came in the place of one that lost some of its copies; if they lost all that were left, they are going too. */
    private final Entries rest = new Entries();

    private final Entries selected = new Entries();
    private int[] hashes = new int[0];
    private int[] scratch = new int[0];
    private int[] added = new int[0];
    private final int[] source = new int[1];
    private final int[] target = new int[1];

    /**
     * @param table the store of the table that the input is, or null if it is none
     * @param appendOnly whether no row is ever taken back
     */
    Arrangement(Feed.Arranged feed, @Nullable Store table, boolean appendOnly, CodeCache cache, WorkMeter meter) {
        this(feed, table, appendOnly, null, cache, meter);
    }

    /**
     * @param appendOnly whether no row is ever taken back
     * @param sibling an arrangement of other rows of the same table, which it shares memory with; null if this one is of all rows, or the first, or of no table
     */
    Arrangement(
            Feed.Arranged feed,
            @Nullable Store table,
            boolean appendOnly,
            @Nullable Arrangement sibling,
            CodeCache cache,
            WorkMeter meter) {
        List<DataType> types = feed.plan().types();
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        this.owned = table == null;
        this.appendOnly = appendOnly;
        this.rows = table == null ? new Store(types) : table;
        this.hash = get(new HashTemplate(types, feed.key(), feed.rejecting()), cache);
        this.sameKey = get(new MatchTemplate(types, feed.key(), types, feed.key(), false), cache);
        this.copy = get(RowProgram.copy(types, all), cache);
        this.cache = cache;
        this.meter = meter;
        this.links = sibling == null ? new PagedInts() : sibling.links;
        this.sharesLinks = sibling != null;
        this.index = new KeyIndex(rows, sameKey, links);
        this.output = new Batch(rows);
    }

    /** What the entries are rows of. There may be others in it, which this does not find. */
    Store rows() {
        return rows;
    }

    /** Whether the rows are those of a table. */
    boolean isOfTable() {
        return !owned;
    }

    /** Makes room for all rows of a table, so that each thread can index those of its own. */
    void reserve() {
        if (!owned) {
            links.reserve(rows.limit());
        }
    }

    KeyIndex index() {
        return index;
    }

    /** Lets readers ask {@link #hasCome} until the step has ended. */
    void mark() {
        for (int i = output.size() - 1; !marked && i >= 0 && output.weight(i) > 0; i--) {
            come.set(rows.slot(output.position(i)));
        }
        marked = true;
    }

    /** Whether an entry was not there before the step; to be asked after {@link #mark}. */
    boolean hasCome(int position) {
        return come.get(rows.slot(position));
    }

    /** Whether an entry is not there after the step. */
    boolean isGoing(int position) {
        return index.isConcealed(position);
    }

    @Override
    public List<DataType> types() {
        return rows.types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        Batch change = changes[0];
        output.reset(rows);
        takeHashes(change);
        if (owned) {
            retractCopies(change);
        } else {
            retractRows(change);
        }
        insert(change);
        meter.add(change.size() + output.size());
        return output;
    }

    @Override
    public void load(Batch[] contents) {
        output.reset(rows);
        takeHashes(contents[0]);
        insert(contents[0]);
        output.reset(rows);
        meter.add(contents[0].size());
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        if (owned) {
            Scan.rows(rows, consumer);
        } else {
            // Others of the table's rows may be another shard's.
            Scan.rows(rows, index, consumer);
        }
    }

    @Override
    public boolean hasState() {
        return true;
    }

    @Override
    public boolean isAppendOnly() {
        return appendOnly;
    }

    @Override
    public void endStep() {
        for (int i = 0; marked && i < output.size(); i++) {
            if (output.weight(i) > 0) {
                come.clear(rows.slot(output.position(i)));
            }
        }
        marked = false;
        for (int i = 0; i < rest.size(); i++) {
            come.clear(rows.slot(rest.positions()[i]));
        }
        rest.clear();
        int count = going.size();
        int[] positions = going.positions();
        reserve(count);
        hash.hash(rows, positions, count, hashes);
        for (int i = 0; i < count; i++) {
            index.remove(hashes[i], positions[i]);
            if (owned) {
                rows.free(positions[i]);
            }
        }
        going.clear();
        output.reset(rows);
    }

    @Override
    public long memoryBytes() {
        return index.memoryBytes()
                - (sharesLinks ? links.memoryBytes() : 0)
                + come.bytes()
                + (owned ? rows.memoryBytes() : 0);
    }

    @Override
    public List<Template<?>> code() {
        return code;
    }

    private void takeHashes(Batch change) {
        reserve(change.size());
        hash.hash(change.store(), change.positions(), change.size(), hashes);
    }

    /** The rows are the table's own. */
    private void retractRows(Batch change) {
        for (int i = 0; i < change.size(); i++) {
            if (change.weight(i) < 0 && hashes[i] != RowHash.UNMATCHED) {
                index.conceal(change.position(i));
                going.add(change.position(i), 0);
                output.append(change.position(i), change.weight(i));
            }
        }
    }

    private void retractCopies(Batch change) {
        for (int i = 0; i < change.size(); i++) {
            if (change.weight(i) < 0 && hashes[i] != RowHash.UNMATCHED) {
                retract(change.store(), change.position(i), hashes[i], -change.weight(i));
            }
        }
        for (int i = 0; i < going.size(); i++) {
            int entry = going.positions()[i];
            if (!hasCome(entry)) {
                output.append(entry, -rows.weight(entry));
            }
        }
        for (int i = 0; i < rest.size(); i++) {
            int entry = rest.positions()[i];
            if (!isGoing(entry)) {
                output.append(entry, rows.weight(entry));
            }
        }
    }

    private void retract(Store from, int position, int rowHash, long weight) {
        long left = weight;
        while (left > 0) {
            int entry = take(from, position, rowHash);
            long copies = rows.weight(entry);
            going.add(entry, 0);
            if (copies > left) {
                addRest(entry, rowHash, copies - left);
            }
            left -= copies;
        }
    }

    private void addRest(int entry, int rowHash, long weight) {
        source[0] = entry;
        rows.allocate(1, target);
        copy.run(rows, source, null, null, 1, scratch, rows, target);
        rows.weight(target[0], weight);
        index.add(rowHash, target[0]);
        come.set(rows.slot(target[0]));
        rest.add(target[0], 0);
    }

    /** An entry that is identical to this row and was not going; now it is. */
    private int take(Store from, int position, int rowHash) {
        if (identityHash == null || identical == null) {
            List<DataType> types = rows.types();
            identityHash = get(
                    new HashTemplate(
                            types, IntStream.range(0, types.size()).boxed().toList(), List.of()),
                    cache);
            identical = get(MatchTemplate.identity(types), cache);
        }
        int head = index.heads().find(rowHash, sameKey, from, position, rows);
        int entry = head < 0 ? -1 : index.takeIdentical(head, identityHash, identical, from, position);
        if (entry < 0) {
            throw new IllegalStateException(
                    "row " + from.row(position) + " was retracted more often than it was there");
        }
        return entry;
    }

    private void insert(Batch change) {
        selected.clear();
        for (int i = 0; i < change.size(); i++) {
            if (change.weight(i) > 0 && hashes[i] != RowHash.UNMATCHED) {
                hashes[selected.size()] = hashes[i];
                selected.add(change.position(i), change.weight(i));
            }
        }
        int count = selected.size();
        int before = output.size();
        output.reserve(before + count);
        System.arraycopy(selected.weights(), 0, output.weights(), before, count);
        int[] entries = selected.positions();
        if (owned) {
            entries = added;
            rows.allocate(count, entries);
            copy.run(change.store(), selected.positions(), null, null, count, scratch, rows, entries);
            for (int i = 0; i < count; i++) {
                if (selected.weights()[i] != 1) {
                    rows.weight(entries[i], selected.weights()[i]);
                }
            }
        }
        System.arraycopy(entries, 0, output.positions(), before, count);
        output.size(before + count);
        index(entries, count);
    }

    private void index(int[] entries, int count) {
        sameKey.find(rows, entries, hashes, count, index.heads(), rows, scratch);
        for (int i = 0; i < count; i++) {
            if (scratch[i] < 0) {
                // A row of this key may have come earlier in the batch.
                index.add(hashes[i], entries[i]);
            } else {
                index.add(hashes[i], entries[i], scratch[i]);
            }
        }
    }

    private void reserve(int count) {
        if (hashes.length < count) {
            int capacity = Math.max(count, hashes.length * 2);
            hashes = new int[capacity];
            scratch = new int[capacity];
            added = owned ? new int[capacity] : added;
        }
    }

    private <T> T get(Template<T> template, CodeCache codeCache) {
        code.add(template);
        return codeCache.get(template);
    }
}
