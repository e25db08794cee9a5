package dev.millrace.testkit.slt;

import java.util.List;

/** One entry of a script. */
sealed interface SltRecord {
    /** The line that it begins in. */
    int line();

    /**
     * A statement that is no query.
     *
     * @param succeeds whether it is expected to
     */
    record Statement(int line, String sql, boolean succeeds) implements SltRecord {}

    /**
     * A query and its result.
     *
     * @param types a letter for each column: I, integers; R, numbers with three decimals; T, text
     * @param expected the values, one a line, or one line of how many there are and their hash
     */
    record Query(int line, String sql, String types, Order order, List<String> expected) implements SltRecord {
        public Query {
            expected = List.copyOf(expected);
        }
    }

    /** How the values are sorted before they are compared. */
    enum Order {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
