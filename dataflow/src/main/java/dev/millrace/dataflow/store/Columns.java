package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns of a store. */
final class Columns {
    private final Column[] columns;

    private Columns(Column[] columns) {
        this.columns = columns;
    }

    /** Empty columns of these types. */
    static Columns of(List<DataType> types) {
        return new Columns(types.stream().map(Column::new).toArray(Column[]::new));
    }

    /** Columns of which some are among these, as the sources say, and the others are empty ones of these types, with a source of -1. */
    Columns with(List<DataType> types, List<Integer> sources) {
        Column[] all = new Column[types.size()];
        Arrays.setAll(all, i -> sources.get(i) < 0 ? new Column(types.get(i)) : columns[sources.get(i)]);
        return new Columns(all);
    }

    /** Those without a source. */
    Columns own(List<Integer> sources) {
        return new Columns(IntStream.range(0, columns.length)
                .filter(i -> sources.get(i) < 0)
                .mapToObj(i -> columns[i])
                .toArray(Column[]::new));
    }

    Columns share() {
        return new Columns(Arrays.stream(columns).map(Column::share).toArray(Column[]::new));
    }

    Column get(int column) {
        return columns[column];
    }

    Row row(int slot) {
        @Nullable Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i].get(slot);
        }
        return Row.owning(values);
    }

    void set(int slot, Row row) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].set(slot, row.get(i));
        }
    }

    /** Writes an array for each column, as {@link Column#fill} takes it. */
    void fill(Positions positions, int[] rows, int count, List<?> arrays) {
        requireOneEach(arrays);
        for (int i = 0; i < columns.length; i++) {
            columns[i].fill(positions, rows, count, arrays.get(i));
        }
    }

    /** As {@link #fill}, to slots that follow each other; what can be is copied only when it is first read. */
    void putOff(Positions positions, int[] rows, int count, List<?> arrays) {
        requireOneEach(arrays);
        boolean[] puts = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            puts[i] = columns[i].canPutOff(arrays.get(i), count);
            if (!puts[i]) {
                columns[i].fill(positions, rows, count, arrays.get(i));
            }
        }
        for (int i = 0; i < columns.length && count > 0; i++) {
            if (puts[i]) {
                columns[i].putOff(positions.slot(rows[0]), arrays.get(i), count);
            }
        }
    }

    private void requireOneEach(List<?> arrays) {
        if (arrays.size() != columns.length) {
            throw new IndexOutOfBoundsException(arrays.size() + " columns");
        }
    }

    void grow(int rows) {
        for (Column column : columns) {
            column.grow(rows);
        }
    }

    void unshare(int page) {
        for (Column column : columns) {
            column.unshare(page);
        }
    }

    void clear(int slot) {
        for (Column column : columns) {
            column.clear(slot);
        }
    }

    /** Clears all slots before this one. */
    void clearAll(int limit) {
        for (Column column : columns) {
            column.clearAll(limit);
        }
    }

    void shrink(int rows) {
        for (Column column : columns) {
            column.shrink(rows);
        }
    }

    long bytes() {
        long total = 0;
        for (Column column : columns) {
            total += column.bytes();
        }
        return total;
    }
}
