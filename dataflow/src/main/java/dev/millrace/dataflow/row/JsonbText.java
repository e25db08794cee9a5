package dev.millrace.dataflow.row;

import java.util.HexFormat;

/** The text of a jsonb document: a blank after each comma and colon, and escapes only where JSON needs them. */
final class JsonbText {
    private final StringBuilder text = new StringBuilder();

    private JsonbText() {}

    static String of(Jsonb value) {
        JsonbText text = new JsonbText();
        text.append(value);
        return text.text.toString();
    }

    private void append(Jsonb value) {
        switch (value) {
            case Jsonb.Null ignored -> text.append("null");
            case Jsonb.Bool(boolean bool) -> text.append(bool);
            case Jsonb.Numeric(Decimal number) -> text.append(number);
            case Jsonb.Text(String string) -> appendString(string);
            case Jsonb.Array array -> {
                String separator = "[";
                for (Jsonb element : array.elements()) {
                    text.append(separator);
                    append(element);
                    separator = ", ";
                }
                text.append(array.elements().isEmpty() ? "[]" : "]");
            }
            case Jsonb.Members object -> {
                String separator = "{";
                for (Jsonb.Member member : object.members()) {
                    text.append(separator);
                    appendString(member.key());
                    text.append(": ");
                    append(member.value());
                    separator = ", ";
                }
                text.append(object.members().isEmpty() ? "{}" : "}");
            }
        }
    }

    private void appendString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char unit = string.charAt(i);
            switch (unit) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (unit < ' ') {
                        text.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    } else {
                        text.append(unit);
                    }
                }
            }
        }
        text.append('"');
    }
}
