package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one layout, column by column on {@linkplain Pages pages}. A row is a position, which holds until the row is freed; its slot is then used again.
 *
 * <p><b>Generated code</b> takes the directories of pages ({@link #longs} and so on) once for a batch, after all room for it was made, and reads element {@code
 * slot & MASK} of page {@code slot >>> SHIFT}. A directory is replaced when the store grows, a page when it is written to while a snapshot has it.
 *
 * <p><b>Snapshots.</b> {@link #freeze} shares all pages and takes no time; the first {@link #touch} of a shared page copies it. Whoever writes to a row of
 * a state touches it first, which also marks it dirty: the rows that have changed since the last freeze are what a durable store has to write.
 *
 * <p>A row has a weight, how often it is there; as long as all are 1 it takes no room. Not safe for use by several threads; a snapshot may be read by another.
 */
public final class Store {
    /** The room that an emptied batch keeps. */
    private static final int KEPT_ROWS = 64 * Pages.ROWS;

    private final List<DataType> types;
    private final Columns columns;
    /** Those that are not another store's. */
    private final Columns own;

    private final Positions positions;
    private final LiveSlots live;
    private PagedBits dirty = new PagedBits();
    private final RowWeights weights;
    private boolean[] shared = new boolean[1];
    /** Slots from here on were never used. */
    private int limit;

    private int capacity;
    /** Whether all rows end together, so that nobody has to know which are there. */
    private final boolean scratch;
    /** Whether its rows are those of another store. */
    private final boolean over;

    /** An empty store of rows that come and go one by one. */
    public Store(List<DataType> types) {
        this(types, false);
    }

    private Store(List<DataType> types, boolean scratch) {
        this.types = List.copyOf(types);
        this.scratch = scratch;
        this.over = false;
        this.columns = Columns.of(types);
        this.own = columns;
        this.positions = new Positions();
        this.live = new LiveSlots();
        this.weights = new RowWeights();
    }

    private Store(Store base, List<DataType> types, List<Integer> sources) {
        this.types = List.copyOf(types);
        this.scratch = true;
        this.over = true;
        this.columns = base.columns.with(types, sources);
        this.own = columns.own(sources);
        this.positions = base.positions;
        this.live = new LiveSlots();
        this.weights = new RowWeights();
    }

    private Store(Store frozen) {
        this.types = frozen.types;
        this.scratch = false;
        this.over = false;
        this.columns = frozen.columns.share();
        this.own = columns;
        this.positions = frozen.positions.share();
        this.live = frozen.live.share();
        this.dirty = frozen.dirty;
        this.weights = frozen.weights.share();
        this.limit = frozen.limit;
        this.capacity = frozen.capacity;
    }

    /**
     * An empty store of rows that all end together, with {@link #clear}, as those of a batch do. It does not know which slots have rows or are dirty, so they are neither
     * freed one by one nor looked for nor frozen, and to add one costs the less.
     */
    public static Store scratch(List<DataType> types) {
        return new Store(types, true);
    }

    /**
     * Rows of another store with other columns: a row has its position there, and of its columns some are columns there, which are not copied. The others are its
     * own, and have room only for rows that were there when they were last {@linkplain #cover covered}; they are emptied with {@link #clear}.
     *
     * @param sources for each column the one of the other store that it is, or -1 if it is its own
     */
    public static Store over(Store base, List<DataType> types, List<Integer> sources) {
        return new Store(base, types, sources);
    }

    /** Makes room for the rows of the store that this one is {@linkplain #over over}. */
    public void cover(Store base) {
        limit = base.limit;
        reserve(limit);
    }

    public List<DataType> types() {
        return types;
    }

    /** The number of different rows, each counted once. */
    public int size() {
        return limit - live.free();
    }

    /** A new row with weight 1. Its references are null and no value of it is NULL; what else is in it is undefined. */
    public int allocate() {
        if (live.free() == 0) {
            reserve(limit + 1);
        }
        int slot = live.free() == 0 ? limit++ : live.takeFree();
        if (!scratch) {
            begin(slot, slot + 1);
        }
        return positions.position(slot);
    }

    /** As many new rows, as by {@link #allocate()}. */
    public void allocate(int count, int[] allocated) {
        int done = 0;
        while (done < count && live.free() > 0) {
            allocated[done++] = allocate();
        }
        int from = limit;
        reserve(from + (count - done));
        limit = from + (count - done);
        if (!scratch && from < limit) {
            begin(from, limit);
        }
        for (int slot = from; slot < limit; slot++) {
            allocated[done++] = positions.position(slot);
        }
    }

    /** Makes slots those of new rows. */
    private void begin(int from, int to) {
        for (int page = from >>> Pages.SHIFT; page < Pages.count(to); page++) {
            if (shared[page]) {
                unshare(page);
            }
        }
        live.set(from, to);
        dirty.set(from, to);
        weights.begin(from, to);
    }

    /** Ends a row. Its position must not be used any more. */
    public void free(int position) {
        requireKept();
        int slot = slot(position);
        touch(position);
        end(slot);
        live.release(slot);
    }

    private void end(int slot) {
        columns.clear(slot);
        positions.invalidate(slot, slot + 1);
    }

    /** Ends all rows of a {@linkplain #scratch scratch} store; some of the room is kept. */
    public void clear() {
        if (!scratch) {
            throw new IllegalStateException("only of scratch rows");
        }
        if (limit == 0) {
            return;
        }
        own.clearAll(Math.min(limit, KEPT_ROWS));
        if (capacity > KEPT_ROWS) {
            own.shrink(KEPT_ROWS);
        }
        capacity = Math.min(capacity, KEPT_ROWS);
        if (!over) {
            positions.invalidate(0, limit);
        }
        limit = 0;
    }

    /** The slot of a position. Where positions are checked, one whose row is gone is an {@link IllegalStateException}. */
    public int slot(int position) {
        return positions.slot(position);
    }

    /** The position of a row that is there. */
    public int position(int slot) {
        return positions.position(slot);
    }

    /** The first slot from this one that has a row, or {@link #limit} if there is none. */
    public int nextLive(int slot) {
        requireKept();
        return live.next(slot, limit);
    }

    /** No slot from here on has a row. */
    public int limit() {
        return limit;
    }

    /** To be called before a row is written to that a snapshot may have: copies its page if one does, and marks it dirty. */
    public void touch(int position) {
        int slot = slot(position);
        if (shared[slot >>> Pages.SHIFT]) {
            unshare(slot >>> Pages.SHIFT);
        }
        dirty.set(slot);
    }

    /**
     * A snapshot of all rows, which does not change and is never written to. In it, {@link #isDirty} tells which slots have changed since the freeze before: a
     * slot that has no row and is dirty lost one.
     */
    public Store freeze() {
        requireKept();
        Store snapshot = new Store(this);
        dirty = new PagedBits();
        Arrays.fill(shared, 0, Pages.count(limit), true);
        return snapshot;
    }

    /** Whether a slot's row was written, added or freed since the last freeze. */
    public boolean isDirty(int slot) {
        return dirty.get(slot);
    }

    /** Whether a slot has a row. */
    public boolean isLive(int slot) {
        return slot < limit && live.get(slot);
    }

    public long weight(int position) {
        return weights.get(slot(position));
    }

    /** Sets a weight; the row is touched. Those of scratch rows stand in a batch. */
    public void weight(int position, long weight) {
        requireKept();
        touch(position);
        weights.set(slot(position), weight, capacity);
    }

    public @Nullable Object get(int position, int column) {
        return columns.get(column).get(slot(position));
    }

    public boolean isNull(int position, int column) {
        return columns.get(column).isNull(slot(position));
    }

    /** Writes a value. */
    public void set(int position, int column, @Nullable Object value) {
        columns.get(column).set(slot(position), value);
    }

    /** A row as an object. */
    public Row row(int position) {
        return columns.row(slot(position));
    }

    /**
     * A new row with these values.
     *
     * @throws IllegalArgumentException if they are not of this layout; there is no new row then
     */
    public int append(Row row) {
        int position = allocate();
        try {
            columns.set(slot(position), row);
        } catch (ClassCastException | IndexOutOfBoundsException e) {
            takeBack(1, new int[] {position});
            throw new IllegalArgumentException("not a row of " + types + ": " + row, e);
        }
        return position;
    }

    /**
     * Many new rows, of which each column is given as an array: {@code boolean[]}, {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]}, {@code double[]}, or objects, of
     * which null is NULL. So only columns of objects can have NULLs. A {@linkplain #scratch scratch} store may read the arrays when a column is first asked for, until
     * it is cleared.
     *
     * @param positions is given the positions of the rows
     * @throws IllegalArgumentException if the arrays are not of this layout; there are no new rows then
     */
    public void append(int count, List<?> arrays, int[] positions) {
        allocate(count, positions);
        try {
            if (scratch) {
                columns.putOff(this.positions, positions, count, arrays);
            } else {
                columns.fill(this.positions, positions, count, arrays);
            }
        } catch (ClassCastException | ArrayStoreException | IndexOutOfBoundsException e) {
            takeBack(count, positions);
            throw new IllegalArgumentException("not columns of " + types, e);
        }
    }

    /** Ends rows that were allocated last. */
    private void takeBack(int count, int[] allocated) {
        for (int i = 0; i < count; i++) {
            if (scratch) {
                end(--limit);
            } else {
                free(allocated[i]);
            }
        }
    }

    public byte[][] bytes(int column) {
        return (byte[][]) columns.get(column).pages();
    }

    public short[][] shorts(int column) {
        return (short[][]) columns.get(column).pages();
    }

    public int[][] ints(int column) {
        return (int[][]) columns.get(column).pages();
    }

    public long[][] longs(int column) {
        return (long[][]) columns.get(column).pages();
    }

    public float[][] floats(int column) {
        return (float[][]) columns.get(column).pages();
    }

    public double[][] doubles(int column) {
        return (double[][]) columns.get(column).pages();
    }

    public Object[][] references(int column) {
        return (Object[][]) columns.get(column).pages();
    }

    /**
     * Which values of a primitive column are NULL: bit {@code slot & 63} of word {@code (slot & MASK) >>> 6} of a page; null while none is. A reference column has
     * none: its NULL is the null reference.
     */
    public long @Nullable [][] nulls(int column) {
        return columns.get(column).nulls();
    }

    /** Makes a value of a new row NULL. */
    public void setNull(int slot, int column) {
        columns.get(column).setNull(slot);
    }

    /** The memory that pages and bits take, without the objects that references lead to. */
    public long memoryBytes() {
        return live.bytes() + dirty.bytes() + weights.bytes() + own.bytes();
    }

    private void requireKept() {
        if (scratch) {
            throw new IllegalStateException("not of scratch rows");
        }
    }

    private void reserve(int rows) {
        if (rows <= capacity) {
            return;
        }
        if (rows < 0 || rows > Positions.MAX_SLOTS) {
            throw new IllegalStateException("a store is full: " + Positions.MAX_SLOTS + " rows");
        }
        int wanted = rows > Pages.ROWS
                ? Pages.count(rows) << Pages.SHIFT
                : Math.max(Pages.FIRST_ROWS, Integer.highestOneBit(Math.max(rows - 1, 1)) << 1);
        own.grow(wanted);
        weights.grow(wanted);
        int pages = Pages.count(wanted);
        if (shared.length < pages) {
            shared = Arrays.copyOf(shared, Math.max(pages, shared.length * 2));
        }
        capacity = wanted;
    }

    private void unshare(int page) {
        shared[page] = false;
        columns.unshare(page);
        weights.unshare(page);
        live.unshare(page);
    }
}
