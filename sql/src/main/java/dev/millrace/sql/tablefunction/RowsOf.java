package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code UNNEST} of an array constructor, or {@code VALUES}: the arguments, row after row. */
public record RowsOf(int columns) implements TableFunction {
    @Override
    public String name() {
        return columns == 1 ? "unnest" : "values";
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        for (int i = 0; i < arguments.length; i += columns) {
            rows.accept(Row.owning(Arrays.copyOfRange(arguments, i, i + columns)));
        }
    }
}
