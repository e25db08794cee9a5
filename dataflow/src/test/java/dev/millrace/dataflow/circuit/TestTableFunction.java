package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A few functions to make flat-maps of. */
enum TestTableFunction implements TableFunction {
    /** One row for each argument. */
    EACH {
        @Override
        public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
            for (Object argument : arguments) {
                rows.accept(Row.of(argument));
            }
        }
    },
    /** The numbers from 1 to an int4: none at all for most, and for null. */
    COUNT_UP {
        @Override
        public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
            int last = arguments[0] instanceof Integer number ? number : 0;
            for (int i = 1; i <= last; i++) {
                rows.accept(Row.of(i, i % 2 == 0));
            }
        }
    }
}
