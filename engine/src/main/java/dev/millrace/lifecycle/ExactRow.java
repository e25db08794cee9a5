package dev.millrace.lifecycle;

import dev.millrace.dataflow.row.Row;
import org.jspecify.annotations.Nullable;

/** A row that is equal to identical ones only: 1.0 is not 1.00. */
record ExactRow(Row row) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExactRow that && Row.identical(row, that.row);
    }

    @Override
    public int hashCode() {
        return row.hashCode();
    }
}
