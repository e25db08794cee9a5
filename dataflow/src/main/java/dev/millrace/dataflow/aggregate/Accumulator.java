package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/**
 * One aggregate of all groups. What it knows of a group are some columns of the groups' store, 0 or null in a new group, and what it keeps beside them under the
 * group's position; of a group without rows it keeps nothing.
 */
public interface Accumulator {
    /** The types of its columns in the groups' store. */
    List<DataType> state();

    /**
     * Takes the rows of a change, or takes them back where the weight is negative.
     *
     * @param groups the position of each entry's group, which was touched
     * @throws IllegalStateException if it can tell that more is taken back than was given
     */
    void add(Batch change, int[] groups, Store state);

    /**
     * Writes the aggregate of each of these groups to a column of a new row.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if a group's rows have none
     */
    void results(Store state, int[] groups, int count, Store output, int column, int[] outputs);

    /** Whether there may be groups whose rows have no result. Who is not sure says yes. */
    default boolean mayFail() {
        return true;
    }

    /** What it runs that was generated. */
    default List<Template<?>> code() {
        return List.of();
    }

    /** The memory of what it keeps beside its columns. */
    default long memoryBytes() {
        return 0;
    }

    /** Checks what it keeps beside its columns, between steps; an {@link IllegalStateException} says what is wrong. */
    default void validate(Store state) {}
}
