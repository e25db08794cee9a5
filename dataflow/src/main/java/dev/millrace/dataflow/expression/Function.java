package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.Carriers;
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

    /** Whether there may be arguments without a result. Who is not sure says yes; queries without such functions are spared the search for their rows. */
    default boolean mayFail() {
        return true;
    }

    /**
     * The method that computes this function for operands of these types, for generated code to call without boxing. It is public,
     * of a public class, and static or an instance method of this object; it may be called by several threads at once and throws
     * what {@link #apply} throws.
     *
     * <ul>
     *   <li>A {@linkplain #strict() strict} function's parameters are the operands' {@linkplain Carriers#of carriers}; it must not
     *       be called with a null.
     *   <li>Another's are the {@linkplain Carriers#boxed boxed} carriers, or {@code Object} where the type does not matter; all
     *       may be null.
     *   <li>The return type is the result's carrier, or if the result may be null the boxed one. Where these are one class, such as
     *       {@code String}, a strict function's result is never null and another's may be.
     * </ul>
     *
     * @return empty if there is none and {@link #apply} has to be called
     * @throws IllegalArgumentException if this function does not take such operands or has no such result
     */
    default Optional<Method> direct(List<DataType> operands, DataType result) {
        return Optional.empty();
    }
}
