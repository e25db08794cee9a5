package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import org.jspecify.annotations.Nullable;

/** What has a notation of its own: an array of values, and an element of an array by its number. */
public sealed interface ArrayFunction extends Function {
    /** {@code ARRAY[a, b]}. */
    record Constructor(DataType element) implements ArrayFunction {
        @Override
        public String name() {
            return "array";
        }

        @Override
        public boolean strict() {
            return false;
        }

        @Override
        public boolean mayFail() {
            return false;
        }

        @Override
        public Object apply(@Nullable Object[] arguments) {
            return ArrayValue.owning(element, arguments.clone());
        }
    }

    /** {@code array[number]}, counted from 1; NULL if there is none. */
    record Element() implements ArrayFunction {
        @Override
        public String name() {
            return "element";
        }

        @Override
        public boolean strict() {
            return false;
        }

        @Override
        public boolean mayFail() {
            return false;
        }

        @Override
        public @Nullable Object apply(@Nullable Object[] arguments) {
            if (!(arguments[0] instanceof ArrayValue array) || !(arguments[1] instanceof Integer number)) {
                return null;
            }
            return number >= 1 && number <= array.values().size()
                    ? array.values().get(number - 1)
                    : null;
        }
    }
}
