package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The integers from a first to a last one, by a step that is 1 if it is not given; none if an argument is null. They are int4 or int8. */
public record GenerateSeries(DataType type) implements TableFunction {
    @Override
    public String name() {
        return "generate_series";
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        long[] numbers = {0, 0, 1};
        for (int i = 0; i < arguments.length; i++) {
            if (!(arguments[i] instanceof Number number)) {
                return;
            }
            numbers[i] = number.longValue();
        }
        long last = numbers[1];
        long step = numbers[2];
        if (step == 0) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "step size cannot equal zero");
        }
        long next = numbers[0];
        while (step > 0 ? next <= last : next >= last) {
            rows.accept(Row.of(type == DataType.INT4 ? (Object) (int) next : next));
            long following = next + step;
            if (following > next != step > 0) {
                return;
            }
            next = following;
        }
    }
}
