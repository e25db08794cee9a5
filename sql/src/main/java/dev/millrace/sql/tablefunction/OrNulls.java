package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The right side of {@code LEFT JOIN LATERAL}: a function's rows, or if it has none a row of NULLs. */
record OrNulls(TableFunction function, int columns) implements TableFunction {
    @Override
    public String name() {
        return function.name() + " or nulls";
    }

    @Override
    public boolean mayFail() {
        return function.mayFail();
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        boolean[] any = {false};
        function.expand(arguments, row -> {
            any[0] = true;
            rows.accept(row);
        });
        if (!any[0]) {
            rows.accept(Row.nulls(columns));
        }
    }
}
