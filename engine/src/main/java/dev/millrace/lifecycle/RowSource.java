package dev.millrace.lifecycle;

import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Optional;

/** Rows that stand for a table's in a query that is evaluated once. */
interface RowSource {
    /** All rows, each as often as it is there. */
    List<Row> rows();

    /** The columns that identify a row; none if {@link #find} cannot be asked. */
    List<Integer> key();

    /** The row with these values of the key's columns. */
    Optional<Row> find(Row key);

    /** Rows that are looked at one after the other. */
    static RowSource of(List<Row> rows) {
        return new RowSource() {
            @Override
            public List<Row> rows() {
                return rows;
            }

            @Override
            public List<Integer> key() {
                return List.of();
            }

            @Override
            public Optional<Row> find(Row key) {
                throw new IllegalStateException("these rows have no key");
            }
        };
    }
}
