package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Row;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The elements of arrays side by side: as many rows as the longest has, NULL where another is shorter, or is NULL. */
public record Unnest() implements TableFunction {
    @Override
    public String name() {
        return "unnest";
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        int length = 0;
        for (Object argument : arguments) {
            length = Math.max(
                    length,
                    argument instanceof ArrayValue array ? array.values().size() : 0);
        }
        for (int i = 0; i < length; i++) {
            @Nullable Object[] row = new Object[arguments.length];
            for (int j = 0; j < row.length; j++) {
                boolean has = arguments[j] instanceof ArrayValue array
                        && i < array.values().size();
                row[j] = has ? ((ArrayValue) arguments[j]).values().get(i) : null;
            }
            rows.accept(Row.owning(row));
        }
    }
}
