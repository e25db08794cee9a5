package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.SampleValues;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A function of any values: some value of a type, the same for the same arguments. */
record Conversion(DataType type, boolean strict) implements Function {
    @Override
    public String name() {
        return "to_" + type.sqlName();
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        Probe.CALLS.add(name() + Arrays.toString(arguments));
        return SampleValues.nullable(type, new Random(Arrays.toString(arguments).hashCode()));
    }
}
