package dev.millrace.bench.rows;

import java.util.List;

/** Some rows of a relation, column by column. */
public record ColumnBatch(List<Column> columns) {
    public ColumnBatch {
        columns = List.copyOf(columns);
        int size = columns.getFirst().size();
        if (columns.stream().anyMatch(column -> column.size() != size)) {
            throw new IllegalArgumentException("columns of different sizes");
        }
    }

    /** The number of rows. */
    public int size() {
        return columns.getFirst().size();
    }

    /** The values of a column of type {@code int8}. */
    public long[] longs(int column) {
        return ((Column.Longs) columns.get(column)).values();
    }

    /** The values of a column of type {@code int4}. */
    public int[] ints(int column) {
        return ((Column.Ints) columns.get(column)).values();
    }

    /** The values of a column of type {@code text}. */
    public String[] texts(int column) {
        return ((Column.Texts) columns.get(column)).values();
    }
}
