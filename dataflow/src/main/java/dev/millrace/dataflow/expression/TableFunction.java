package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.Row;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic function of values whose result is rows. Two uses are equal when their functions are the same object or equal, so
 * make each function once, or as a record of what it depends on.
 */
public interface TableFunction {
    /** How {@code EXPLAIN} and plans show it. */
    String name();

    /** Whether there may be arguments without a result. */
    default boolean mayFail() {
        return true;
    }

    /**
     * Gives the rows for these arguments, nulls among them, to the consumer. Equal arguments give equal rows, in any order.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} when the arguments have no result
     */
    void expand(@Nullable Object[] arguments, Consumer<Row> rows);
}
