package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Jsonb;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as what it is in JSON: a number, true or false, an array, a document that it is already; all else is a string, times in the form of ISO 8601.
 *
 * @param to json or jsonb
 */
record JsonForm(DataType from, DataType to) implements Function {
    /** The expression's value as json or jsonb. NULL stays NULL. */
    static Expression of(Expression value, DataType to) {
        if (value.type() == to) {
            return value;
        }
        ZonedFunction.requireUtc(value.type(), "the json");
        JsonForm form = new JsonForm(value.type(), to);
        return value instanceof Expression.Literal(Object constant, DataType ignored)
                ? new Expression.Literal(constant == null ? null : form.apply(new @Nullable Object[] {constant}), to)
                : new Expression.Call(form, List.of(value), to);
    }

    @Override
    public String name() {
        return "as " + to.sqlName();
    }

    /** A json may be no jsonb. */
    @Override
    public boolean mayFail() {
        return to == DataType.JSONB && (from == DataType.JSON || from == DataType.JSON_ARRAY);
    }

    @Override
    public Object apply(@Nullable Object[] arguments) {
        Object value = Objects.requireNonNull(arguments[0]);
        return to == DataType.JSON ? json(value, from) : jsonb(value, from);
    }

    static String json(Object value, DataType type) {
        return switch (value) {
            case ArrayValue array -> array(array, ",");
            case Boolean truth -> truth.toString();
            case String text when type == DataType.JSON -> text;
            case Jsonb document -> document.toString();
            case Object ignored when Arithmetic.supports(type) -> number(value, type);
            default -> quoted(text(value, type));
        };
    }

    static String array(ArrayValue array, String separator) {
        return array.values().stream()
                .map(element -> element == null ? "null" : json(element, array.element()))
                .collect(Collectors.joining(separator, "[", "]"));
    }

    /** NaN and the infinities are no numbers in JSON. */
    private static String number(Object value, DataType type) {
        String text = OutputText.text(value, type);
        return isFinite(text) ? text : quoted(text);
    }

    static Jsonb jsonb(ArrayValue array) {
        return jsonb(array, array.element());
    }

    private static Jsonb jsonb(Object value, DataType type) {
        return switch (value) {
            case ArrayValue array ->
                new Jsonb.Array(array.values().stream()
                        .map(element -> element == null ? new Jsonb.Null() : jsonb(element, array.element()))
                        .toList());
            case Boolean truth -> new Jsonb.Bool(truth);
            case String text when type == DataType.JSON -> Jsonb.parse(text);
            case Jsonb document -> document;
            case Decimal number when number.isFinite() -> new Jsonb.Numeric(number);
            case Object ignored
            when Arithmetic.supports(type) && isFinite(text(value, type)) ->
                new Jsonb.Numeric(TextForm.parseNumeric(text(value, type)));
            default -> new Jsonb.Text(text(value, type));
        };
    }

    /** The text of a value, without quotes. */
    static String text(Object value, DataType type) {
        return switch (type) {
            case BOOL -> value.toString();
            case TIMESTAMP, TIMESTAMPTZ -> iso(OutputText.text(value, type), type == DataType.TIMESTAMPTZ);
            default -> OutputText.text(value, type);
        };
    }

    /** {@code 2024-02-29T12:30:59+00:00} of {@code 2024-02-29 12:30:59+00}. */
    private static String iso(String text, boolean zoned) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            return text;
        }
        StringBuilder iso = new StringBuilder(text);
        iso.setCharAt(blank, 'T');
        int offset = zoned ? Math.max(text.lastIndexOf('+'), text.lastIndexOf('-')) : text.length();
        boolean hoursOnly = offset + 3 <= text.length() && text.indexOf(':', offset) < 0;
        return hoursOnly ? iso.insert(offset + 3, ":00").toString() : iso.toString();
    }

    static String quoted(String text) {
        return new Jsonb.Text(text).toString();
    }

    private static boolean isFinite(String number) {
        char last = number.charAt(number.length() - 1);
        return last >= '0' && last <= '9';
    }
}
