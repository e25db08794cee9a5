package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The pages of one column, and, for primitive values, which of them are NULL. Those bits are there from the first NULL on. */
final class Column {
    private final DataType type;
    private final Carrier carrier;
    private final Class<?> valueClass;
    private Object[] pages;
    private int pageCount;
    private @Nullable PagedBits nulls;
    /** What was put off; volatile, as shards may read the column side by side. Whoever finds it copies it all, so that two do the same. */
    private volatile @Nullable PutOff putOff;
    /** Whether anything may have been written since all was cleared. */
    private boolean written;

    /** An array whose elements are to be copied to the slots from one on. */
    private record PutOff(
            int slot, Object array, int count, @Nullable PutOff before) {}

    Column(DataType type) {
        this.type = type;
        this.carrier = Carrier.of(type);
        this.valueClass = Carriers.boxed(type);
        this.pages = (Object[]) Array.newInstance(carrier.element(), 1, 0);
    }

    private Column(Column other) {
        this.type = other.type;
        this.carrier = other.carrier;
        this.valueClass = other.valueClass;
        this.pages = other.pages.clone();
        this.pageCount = other.pageCount;
        this.nulls = other.nulls == null ? null : other.nulls.share();
    }

    DataType type() {
        return type;
    }

    /** {@code long[][]} for {@link Carrier#LONG}, and so on. */
    Object pages() {
        copyPutOff();
        written = true;
        return pages;
    }

    long @Nullable [][] nulls() {
        return nulls == null ? null : nulls.pages();
    }

    /** Makes room for so many rows. */
    void grow(int rows) {
        if (pages.length < Pages.count(rows)) {
            pages = Arrays.copyOf(pages, Math.max(Pages.count(rows), pages.length * 2));
        }
        if (pageCount <= 1) {
            int present = pageCount == 0 ? 0 : Array.getLength(pages[0]);
            int wanted = Math.min(Pages.ROWS, rows);
            if (present < wanted) {
                int capacity = Math.clamp(Integer.highestOneBit(wanted - 1) << 1, Pages.FIRST_ROWS, Pages.ROWS);
                pages[0] = resized(pages[0], present, capacity);
                pageCount = 1;
            }
        }
        while (pageCount < Pages.count(rows)) {
            pages[pageCount++] = Array.newInstance(carrier.element(), Pages.ROWS);
        }
        if (nulls != null) {
            nulls.reserve(pageCount);
        }
    }

    @Nullable
    Object get(int slot) {
        copyPutOff();
        if (isNull(slot)) {
            return null;
        }
        Object page = pages[slot >>> Pages.SHIFT];
        int index = slot & Pages.MASK;
        return switch (carrier) {
            case BYTE -> ((byte[]) page)[index] != 0;
            case SHORT -> ((short[]) page)[index];
            case INT -> ((int[]) page)[index];
            case LONG -> ((long[]) page)[index];
            case FLOAT -> ((float[]) page)[index];
            case DOUBLE -> ((double[]) page)[index];
            case REFERENCE -> ((Object[]) page)[index];
        };
    }

    /** Writes a value. */
    void set(int slot, @Nullable Object value) {
        copyPutOff();
        written = true;
        if (value == null) {
            setNull(slot);
            return;
        }
        if (nulls != null) {
            nulls.clear(slot);
        }
        Object page = pages[slot >>> Pages.SHIFT];
        int index = slot & Pages.MASK;
        switch (carrier) {
            case BYTE -> ((byte[]) page)[index] = (byte) ((Boolean) value ? 1 : 0);
            case SHORT -> ((short[]) page)[index] = (Short) value;
            case INT -> ((int[]) page)[index] = (Integer) value;
            case LONG -> ((long[]) page)[index] = (Long) value;
            case FLOAT -> ((float[]) page)[index] = (Float) value;
            case DOUBLE -> ((double[]) page)[index] = (Double) value;
            case REFERENCE -> ((Object[]) page)[index] = valueClass.cast(value);
        }
    }

    /** Writes the elements of an array of this carrier's type to as many rows; no value is NULL. */
    void fill(Positions positions, int[] rows, int count, Object array) {
        written = true;
        int from = 0;
        while (from < count) {
            int first = positions.slot(rows[from]);
            int end = from + 1;
            while (end < count
                    && positions.slot(rows[end]) == first + (end - from)
                    && ((first + end - from) & Pages.MASK) != 0) {
                end++;
            }
            fill(first, array, from, end - from);
            from = end;
        }
    }

    /**
     * Whether an array can be {@linkplain #putOff put off}: its elements are values of this type for certain.
     *
     * @throws IndexOutOfBoundsException if it is no array of so many elements
     */
    boolean canPutOff(Object array, int count) {
        Class<?> element = array.getClass().getComponentType();
        if (element == null || Array.getLength(array) < count) {
            throw new IndexOutOfBoundsException("not an array of " + count + " elements");
        }
        return carrier == Carrier.REFERENCE
                ? element == valueClass
                : carrier != Carrier.BYTE && element == carrier.element();
    }

    /** As {@link #fill}, of slots that follow each other, but the elements are copied when the column is first read, if it is. */
    void putOff(int slot, Object array, int count) {
        putOff = new PutOff(slot, array, count, putOff);
    }

    private void copyPutOff() {
        if (putOff == null) {
            return;
        }
        written = true;
        for (PutOff next = putOff; next != null; next = next.before()) {
            for (int from = 0; from < next.count(); ) {
                int slot = next.slot() + from;
                int count = Math.min(next.count() - from, Pages.ROWS - (slot & Pages.MASK));
                fill(slot, next.array(), from, count);
                from += count;
            }
        }
        putOff = null;
    }

    /** Writes some of the elements to slots of one page that follow each other. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // a page and what is written to it are arrays of one type
    private void fill(int slot, Object array, int from, int count) {
        Object page = pages[slot >>> Pages.SHIFT];
        int index = slot & Pages.MASK;
        if (array instanceof boolean[] values) {
            byte[] bytes = (byte[]) page;
            for (int i = 0; i < count; i++) {
                bytes[index + i] = (byte) (values[from + i] ? 1 : 0);
            }
        } else if (array instanceof Object[] values && values.getClass().getComponentType() == valueClass) {
            System.arraycopy(values, from, page, index, count);
        } else if (array instanceof Object[] values) {
            for (int i = 0; i < count; i++) {
                Object value = values[from + i];
                ((Object[]) page)[index + i] = value == null ? null : valueClass.cast(value);
            }
        } else {
            System.arraycopy(array, from, page, index, count);
        }
    }

    boolean isNull(int slot) {
        copyPutOff();
        return carrier == Carrier.REFERENCE
                ? ((@Nullable Object[]) pages[slot >>> Pages.SHIFT])[slot & Pages.MASK] == null
                : nulls != null && nulls.get(slot);
    }

    void setNull(int slot) {
        copyPutOff();
        written = true;
        if (carrier == Carrier.REFERENCE) {
            ((@Nullable Object[]) pages[slot >>> Pages.SHIFT])[slot & Pages.MASK] = null;
            return;
        }
        if (nulls == null) {
            nulls = new PagedBits();
        }
        // A reader that has the directory does not ask for its length.
        nulls.reserve(pageCount);
        nulls.set(slot);
    }

    /** Forgets a slot's value: no reference is kept, and it is not NULL. */
    void clear(int slot) {
        if (carrier == Carrier.REFERENCE) {
            ((@Nullable Object[]) pages[slot >>> Pages.SHIFT])[slot & Pages.MASK] = null;
        } else if (nulls != null) {
            nulls.clear(slot);
        }
    }

    /** As {@link #clear(int)}, for all slots before this one. */
    void clearAll(int limit) {
        putOff = null;
        if (!written) {
            return;
        }
        written = false;
        if (carrier == Carrier.REFERENCE) {
            for (int page = 0; page < Pages.count(limit); page++) {
                Arrays.fill(
                        (@Nullable Object[]) pages[page], 0, Math.min(Pages.ROWS, limit - (page << Pages.SHIFT)), null);
            }
        } else if (nulls != null) {
            nulls.clearAll(limit);
        }
    }

    /** Gives back the pages beyond so many rows, which are whole pages. */
    void shrink(int rows) {
        for (int page = Pages.count(rows); page < pageCount; page++) {
            Array.set(pages, page, null);
        }
        pageCount = Math.min(pageCount, Pages.count(rows));
        if (nulls != null) {
            nulls.shrink(pageCount);
        }
    }

    Column share() {
        return new Column(this);
    }

    void unshare(int page) {
        pages[page] = resized(pages[page], Array.getLength(pages[page]), Array.getLength(pages[page]));
        if (nulls != null) {
            nulls.unshare(page);
        }
    }

    long bytes() {
        long elements = 0;
        for (int page = 0; page < pageCount; page++) {
            elements += Array.getLength(pages[page]);
        }
        return elements * carrier.bytes() + (nulls == null ? 0 : nulls.bytes());
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // pages of one column are arrays of one type
    private Object resized(@Nullable Object page, int present, int capacity) {
        Object copy = Array.newInstance(carrier.element(), capacity);
        if (page != null) {
            System.arraycopy(page, 0, copy, 0, present);
        }
        return copy;
    }
}
