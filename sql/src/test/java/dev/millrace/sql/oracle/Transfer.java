package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a value comes out of the server: as a text that Java reads without knowing Postgres's formats of dates and times. */
final class Transfer {
    /** An element of an array: in quotes, with backslashes before quotes and backslashes, or as it is. */
    private static final Pattern ELEMENT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^{},\"]+)", Pattern.DOTALL);

    private Transfer() {}

    /** SQL for the text of a value. */
    static String encode(DataType type, String expression) {
        if (type.isArray()) {
            return "(CASE WHEN (%s) IS NOT NULL THEN ARRAY(SELECT %s FROM unnest(%s) WITH ORDINALITY u(e, n) ORDER BY n) END)::text"
                    .formatted(expression, encode(type.element(), "u.e"), expression);
        }
        return switch (type) {
            case DATE ->
                "(CASE (%s) WHEN 'infinity' THEN %d WHEN '-infinity' THEN %d ELSE (%s) - date '1970-01-01' END)::text"
                        .formatted(expression, Integer.MAX_VALUE, Integer.MIN_VALUE, expression);
            case TIMESTAMP, TIMESTAMPTZ ->
                "(CASE (%s) WHEN 'infinity' THEN %s WHEN '-infinity' THEN %s ELSE (extract(epoch FROM (%s)) * 1000000)::int8 END)::text"
                        .formatted(expression, Long.MAX_VALUE, "(-9223372036854775808)", expression);
            case TIME -> "(extract(epoch FROM (%s)) * 1000000)::int8::text".formatted(expression);
            case TIMETZ ->
                "(CASE WHEN (%1$s) IS NOT NULL THEN (extract(epoch FROM (%1$s)::time) * 1000000)::int8 || ' ' || extract(timezone FROM (%1$s)) END)"
                        .formatted(expression);
            case INTERVAL ->
                """
                (CASE (%1$s)::text WHEN 'infinity' THEN '%2$d %2$d %3$d' WHEN '-infinity' THEN '%4$d %4$d %5$d' ELSE
                (extract(year FROM (%1$s)) * 12 + extract(month FROM (%1$s))) || ' ' || extract(day FROM (%1$s)) || ' ' ||
                (extract(hour FROM (%1$s)) * 3600000000 + extract(minute FROM (%1$s)) * 60000000 + extract(microseconds FROM (%1$s)))::int8 END)
                """.formatted(expression, Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);
            default -> "(" + expression + ")::text";
        };
    }

    /** The engine's value for that text. */
    static @Nullable Object decode(ColumnType type, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (type.type()) {
            case BOOL -> text.equals("true");
            case INT2 -> Short.valueOf(text);
            case INT4, DATE -> Integer.valueOf(text);
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> Long.valueOf(text);
            case FLOAT4 -> Float.valueOf(text);
            case FLOAT8 -> Double.valueOf(text);
            case NUMERIC -> decimal(text);
            case TEXT, JSON -> text;
            case JSONB -> Jsonb.parse(text);
            case TIMETZ -> new TimeTz(Long.parseLong(text.split(" ", 2)[0]), Integer.parseInt(text.split(" ", 2)[1]));
            case INTERVAL -> interval(text);
            case CHAR -> text.replaceAll(" +$", "");
            case BYTEA -> new Bytes(HexFormat.of().parseHex(text.substring("\\x".length())));
            case UUID -> UUID.fromString(text);
            case ENUM -> type.labels().orElseThrow().label(text).orElseThrow();
            default -> array(type.element(), text);
        };
    }

    private static ArrayValue array(ColumnType element, String text) {
        List<@Nullable Object> values = new ArrayList<>();
        Matcher matcher = ELEMENT.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            String plain = matcher.group(2);
            values.add(
                    quoted != null
                            ? decode(element, quoted.replaceAll("\\\\(.)", "$1"))
                            : plain.equals("NULL") ? null : decode(element, plain));
        }
        return ArrayValue.owning(element.type(), values.toArray());
    }

    private static Interval interval(String text) {
        String[] parts = text.split(" ", 3);
        return new Interval(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    private static Decimal decimal(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Decimal.special(Double.parseDouble(text));
            default -> Decimal.of(new BigDecimal(text));
        };
    }
}
