package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a text between the occurrences of a delimiter: its characters if the delimiter is null, the whole if that is empty, nothing if
 * the text is empty or null. With a third argument, parts that are equal to it are null.
 */
public record StringToTable() implements TableFunction {
    @Override
    public String name() {
        return "string_to_table";
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        if (!(arguments[0] instanceof String text) || text.isEmpty()) {
            return;
        }
        @Nullable Object nulls = arguments.length > 2 ? arguments[2] : null;
        Consumer<String> parts = part -> rows.accept(Row.of(part.equals(nulls) ? null : part));
        if (!(arguments[1] instanceof String delimiter)) {
            text.codePoints().mapToObj(Character::toString).forEach(parts);
        } else if (delimiter.isEmpty()) {
            parts.accept(text);
        } else {
            split(text, delimiter, parts);
        }
    }

    private static void split(String text, String delimiter, Consumer<String> parts) {
        int from = 0;
        int at = text.indexOf(delimiter);
        while (at >= 0) {
            parts.accept(text.substring(from, at));
            from = at + delimiter.length();
            at = text.indexOf(delimiter, from);
        }
        parts.accept(text.substring(from));
    }
}
