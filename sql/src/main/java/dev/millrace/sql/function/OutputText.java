package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value as the text that Postgres sends it as, which is that of a cast to text but for booleans ({@code t}). */
record OutputText(DataType type) implements Function {
    /** The expression's value as text, or itself if it is one. */
    static Expression of(Expression value) {
        if (value.type() == DataType.TEXT) {
            return value;
        }
        Optional<Function> zoned = ZonedFunction.conversion(value.type(), ColumnType.of(DataType.TEXT));
        if (zoned.isPresent()) {
            return new Expression.Call(zoned.get(), List.of(value), DataType.TEXT);
        }
        OutputText function = new OutputText(value.type());
        return value instanceof Expression.Literal(Object constant, DataType ignored)
                ? new Expression.Literal(constant == null ? null : text(constant, value.type()), DataType.TEXT)
                : new Expression.Call(function, List.of(value), DataType.TEXT);
    }

    @Override
    public String name() {
        return "output";
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Object apply(@Nullable Object[] arguments) {
        return text(Objects.requireNonNull(arguments[0]), type);
    }

    static String text(Object value, DataType type) {
        return switch (value) {
            case Boolean truth -> truth ? "t" : "f";
            case Bytes bytes -> bytes.toString();
            case ArrayValue array ->
                array.values().stream()
                        .map(element -> element == null ? "NULL" : quoted(text(element, array.element())))
                        .collect(Collectors.joining(",", "{", "}"));
            case String text -> text;
            default -> {
                Optional<Function> conversion = Functions.conversion(type, ColumnType.of(DataType.TEXT));
                yield String.valueOf(conversion
                        .orElseThrow(() -> new IllegalStateException("no text of " + type))
                        .apply(new @Nullable Object[] {value}));
            }
        };
    }

    /** An element of an array: in quotes where it could be taken for something else. */
    private static String quoted(String element) {
        boolean plain = !element.isEmpty()
                && !element.equalsIgnoreCase("NULL")
                && element.chars().noneMatch(c -> "{},\"\\".indexOf(c) >= 0 || Character.isWhitespace(c));
        return plain ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
