package dev.millrace.dataflow.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An immutable tuple of values. Two rows are equal when their values are; the hash is computed once. */
public final class Row {
    public static final Row EMPTY = new Row(new Object[0]);

    private final @Nullable Object[] values;
    private int hash;

    private Row(@Nullable Object[] values) {
        this.values = values;
    }

    /** A row that owns this array: the caller does not write to it any more. */
    public static Row owning(@Nullable Object[] values) {
        return new Row(values);
    }

    public static Row of(@Nullable Object... values) {
        return new Row(values.clone());
    }

    public @Nullable Object get(int column) {
        return values[column];
    }

    public int size() {
        return values.length;
    }

    /** The row of these columns, in this order. */
    public Row project(int[] columns) {
        @Nullable Object[] projected = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            projected[i] = values[columns[i]];
        }
        return new Row(projected);
    }

    /** As {@link #project}, with each value replaced by its {@linkplain Values#canonical representative}: a key. */
    public Row key(int[] columns) {
        @Nullable Object[] key = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            key[i] = Values.canonical(values[columns[i]]);
        }
        return new Row(key);
    }

    /** This row followed by the other. */
    public Row concat(Row other) {
        @Nullable Object[] both = Arrays.copyOf(values, values.length + other.values.length);
        System.arraycopy(other.values, 0, both, values.length, other.values.length);
        return new Row(both);
    }

    /** A copy of the values. */
    public @Nullable Object[] toArray() {
        return values.clone();
    }

    /** A row of nulls. */
    public static Row nulls(int size) {
        return new Row(new Object[size]);
    }

    /** Compares column by column with {@link Values#compare}. */
    public static int compare(Row left, Row right) {
        for (int i = 0; i < left.values.length; i++) {
            int order = Values.compare(left.values[i], right.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /**
     * As {@link #compare}, with ties broken by how the values are represented (1.0 before 1.00, -0.0 before 0.0): 0 for {@linkplain #identical
     * identical} rows only.
     */
    public static int compareExactly(Row left, Row right) {
        int order = compare(left, right);
        for (int i = 0; order == 0 && i < left.values.length; i++) {
            order = Values.compareRepresentations(left.values[i], right.values[i]);
        }
        return order;
    }

    /** Whether no value of the two rows can be told apart. Equal rows may differ in the scale of a decimal; identical ones do not. */
    @SuppressWarnings("ReferenceEquality") // a shortcut
    public static boolean identical(Row left, Row right) {
        if (left == right) {
            return true;
        }
        if (left.values.length != right.values.length || left.hashCode() != right.hashCode()) {
            return false;
        }
        for (int i = 0; i < left.values.length; i++) {
            if (!Values.identical(left.values[i], right.values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Row that && hashCode() == that.hashCode() && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(values);
        }
        return hash;
    }

    @Override
    public String toString() {
        return List.of(Arrays.stream(values).map(String::valueOf).toArray()).toString();
    }
}
