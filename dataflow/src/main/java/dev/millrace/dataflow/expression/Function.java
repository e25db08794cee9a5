package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic function of values. Two calls are equal when their functions are the same object or equal, so make each
 * function once, or as a record of what it depends on.
 */
public interface Function {
    /** How {@code EXPLAIN} and plans show it. */
    String name();

    /**
     * The value for these arguments.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} when the arguments have no result, such as a division by zero
     */
    @Nullable
    Object apply(@Nullable Object[] arguments);

    /** Whether any null argument makes the result null; {@link #apply} is then never called with a null. */
    default boolean strict() {
        return true;
    }

    /**
     * The method that computes this without boxing, for operands of these types, if there is one.
     */
    default Optional<Method> direct(List<DataType> operands, DataType result) {
        return Optional.empty();
    }
}
