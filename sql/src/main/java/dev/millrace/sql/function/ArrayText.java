package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays as text: <code>{1,NULL,"a b"}</code>. */
final class ArrayText {
    private final String text;
    private final ColumnType element;
    private int at;

    private ArrayText(String text, ColumnType element) {
        this.text = text;
        this.element = element;
    }

    static ArrayValue parse(String text, ColumnType element) {
        return new ArrayText(text, element).array();
    }

    private ArrayValue array() {
        skipBlanks();
        if (peek() == '[') {
            throw new MillraceException(
                    ErrorCode.DATA_ERROR, "an array that does not begin at 1 cannot be represented: \"" + text + "\"");
        }
        take('{');
        List<@Nullable Object> values = new ArrayList<>();
        skipBlanks();
        if (peek() == '}') {
            at++;
        } else {
            do {
                values.add(value());
                skipBlanks();
            } while (isFollowed());
        }
        skipBlanks();
        if (at != text.length()) {
            throw malformed();
        }
        return ArrayValue.owning(element.type(), values.toArray());
    }

    private @Nullable Object value() {
        skipBlanks();
        if (peek() == '{') {
            throw new MillraceException(
                    ErrorCode.DATA_ERROR, "an array of several dimensions cannot be represented: \"" + text + "\"");
        }
        if (peek() == '"') {
            return converted(quoted());
        }
        StringBuilder plain = new StringBuilder();
        boolean escaped = false;
        int end = 0;
        while (peek() != ',' && peek() != '}') {
            char next = next();
            if (next == '"' || next == '{') {
                throw malformed();
            }
            if (next == '\\') {
                plain.append(next());
                escaped = true;
                end = plain.length();
            } else {
                plain.append(next);
                end = Character.isWhitespace(next) ? end : plain.length();
            }
        }
        plain.setLength(end);
        if (plain.isEmpty()) {
            throw malformed();
        }
        boolean isNull = !escaped && plain.toString().equalsIgnoreCase("NULL");
        return isNull ? null : converted(plain.toString());
    }

    private String quoted() {
        StringBuilder quoted = new StringBuilder();
        at++;
        for (char next = next(); next != '"'; next = next()) {
            quoted.append(next == '\\' ? next() : next);
        }
        return quoted.toString();
    }

    private Object converted(String value) {
        return Objects.requireNonNull(converted(value, DataType.TEXT, element));
    }

    private static @Nullable Object converted(Object value, DataType from, ColumnType to) {
        if (from == to.type()) {
            return value;
        }
        return new Expression.Call(new Conversion(from, to), List.of(new Expression.Literal(value, from)), to.type())
                .evaluate(Row.EMPTY);
    }

    static String format(ArrayValue array) {
        StringBuilder text = new StringBuilder("{");
        for (Object value : array.values()) {
            text.append(text.length() == 1 ? "" : ",")
                    .append(value == null ? "NULL" : formatted(value, array.element()));
        }
        return text.append('}').toString();
    }

    /** Quoted where the text would be read as something else. */
    private static String formatted(Object value, DataType type) {
        String text = value instanceof Boolean flag
                ? (flag ? "t" : "f")
                : String.valueOf(converted(value, type, ColumnType.of(DataType.TEXT)));
        boolean plain = !text.isEmpty()
                && !text.equalsIgnoreCase("NULL")
                && text.chars().noneMatch(character -> "{},\"\\ \t\n\r\f\u000b".indexOf(character) >= 0);
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private boolean isFollowed() {
        if (peek() == ',') {
            at++;
            return true;
        }
        take('}');
        return false;
    }

    private void take(char wanted) {
        if (next() != wanted) {
            throw malformed();
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    /** The next character. */
    private char peek() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private MillraceException malformed() {
        return DataErrors.of("malformed array literal: \"" + text + "\"");
    }
}
