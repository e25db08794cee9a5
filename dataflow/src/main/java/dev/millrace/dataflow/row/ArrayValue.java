package dev.millrace.dataflow.row;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array of one dimension. Equality and order are Postgres's: element by element, NULL being equal to NULL and the greatest, then by length; so -0.0
 * and 0.0, and 1.0 and 1.00, are equal within arrays too.
 */
public final class ArrayValue implements Comparable<ArrayValue> {
    private final DataType element;
    private final @Nullable Object[] values;

    private ArrayValue(DataType element, @Nullable Object[] values) {
        this.element = element;
        this.values = values;
    }

    /** An array that owns these values: the caller does not write to them any more. */
    public static ArrayValue owning(DataType element, @Nullable Object[] values) {
        return new ArrayValue(element, values);
    }

    /** The type of the elements. */
    public DataType element() {
        return element;
    }

    public List<@Nullable Object> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    public int compareTo(ArrayValue other) {
        int length = Math.min(values.length, other.values.length);
        for (int i = 0; i < length; i++) {
            int order = Values.compare(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(values.length, other.values.length);
    }

    /** Orders arrays that are equal by how the first elements are shown that are not identical; 0 if all are. */
    public int compareRepresentations(ArrayValue other) {
        for (int i = 0; i < values.length; i++) {
            int order = Values.compareRepresentations(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ArrayValue that && values.length == that.values.length && compareTo(that) == 0);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Object value : values) {
            Object canonical = Values.canonical(value);
            hash = 31 * hash + (canonical == null ? 0 : canonical.hashCode());
        }
        return hash;
    }

    /** {@code [1, null, 2]}. */
    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
