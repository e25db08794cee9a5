package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code WITH ORDINALITY}: a function's rows with their numbers, from 1. */
record Numbered(TableFunction function) implements TableFunction {
    @Override
    public String name() {
        return function.name() + " with ordinality";
    }

    @Override
    public boolean mayFail() {
        return function.mayFail();
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        long[] number = {0};
        function.expand(arguments, row -> {
            @Nullable Object[] values = Arrays.copyOf(row.toArray(), row.size() + 1);
            values[row.size()] = ++number[0];
            rows.accept(Row.owning(values));
        });
    }
}
