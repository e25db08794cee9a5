package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function that is written as methods, one for each combination of operand types: {@link #apply} calls the same ones. */
public interface OverloadedFunction extends Function {
    /** Its methods, static or of this object. */
    Overloads methods();

    @Override
    default @Nullable Object apply(@Nullable Object[] arguments) {
        return methods().invoke(this, arguments);
    }

    @Override
    default Optional<Method> direct(List<DataType> operands, DataType result) {
        return Optional.of(methods().find(strict(), operands, result));
    }
}
