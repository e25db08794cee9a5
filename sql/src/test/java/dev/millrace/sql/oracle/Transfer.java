package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a value comes out of the server: as a text that Java reads without knowing Postgres's formats of dates and times. */
final class Transfer {
    private Transfer() {}

    /** SQL for the text of a value. */
    static String encode(DataType type, String expression) {
        return switch (type) {
            case DATE ->
                "(CASE (%s) WHEN 'infinity' THEN %d WHEN '-infinity' THEN %d ELSE (%s) - date '1970-01-01' END)::text"
                        .formatted(expression, Integer.MAX_VALUE, Integer.MIN_VALUE, expression);
            case TIMESTAMP, TIMESTAMPTZ ->
                "(CASE (%s) WHEN 'infinity' THEN %s WHEN '-infinity' THEN %s ELSE (extract(epoch FROM (%s)) * 1000000)::int8 END)::text"
                        .formatted(expression, Long.MAX_VALUE, "(-9223372036854775808)", expression);
            default -> "(" + expression + ")::text";
        };
    }

    /** The engine's value for that text. */
    static @Nullable Object decode(DataType type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (type) {
            case BOOL -> text.equals("true");
            case INT2 -> Short.valueOf(text);
            case INT4, DATE -> Integer.valueOf(text);
            case INT8, TIMESTAMP, TIMESTAMPTZ -> Long.valueOf(text);
            case FLOAT4 -> Float.valueOf(text);
            case FLOAT8 -> Double.valueOf(text);
            case NUMERIC -> decimal(text);
            case TEXT -> text;
            case CHAR -> text.replaceAll(" +$", "");
            case BYTEA -> new Bytes(HexFormat.of().parseHex(text.substring("\\x".length())));
            case UUID -> UUID.fromString(text);
        };
    }

    private static Decimal decimal(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Decimal.special(Double.parseDouble(text));
            default -> Decimal.of(new BigDecimal(text));
        };
    }
}
