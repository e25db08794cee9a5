package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Jsonb;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What jsonb documents are, how long, what they are without nulls, and how they look on several lines. */
public final class JsonbFunctions {
    private static final String INDENTATION = "    ";

    private JsonbFunctions() {}

    @Sql(
            value = "jsonb_typeof(jsonb) text",
            about = "object, array, string, number, boolean or null",
            example = "jsonb_typeof('[1]')",
            mayFail = false)
    public static String type(Jsonb document) {
        return switch (document) {
            case Jsonb.Members ignored -> "object";
            case Jsonb.Array ignored -> "array";
            case Jsonb.Text ignored -> "string";
            case Jsonb.Numeric ignored -> "number";
            case Jsonb.Bool ignored -> "boolean";
            case Jsonb.Null ignored -> "null";
        };
    }

    @Sql(
            value = "jsonb_array_length(jsonb) int4",
            about = "how many elements an array has",
            example = "jsonb_array_length('[1, [2, 3]]')")
    public static int length(Jsonb document) {
        return switch (document) {
            case Jsonb.Array(List<Jsonb> elements) -> elements.size();
            case Jsonb.Members ignored -> throw DataErrors.of("cannot get array length of a non-array");
            default -> throw DataErrors.of("cannot get array length of a scalar");
        };
    }

    @Sql(
            value = "jsonb_extract_path(jsonb, text...) jsonb",
            about = "what is at the end of a path of keys and numbers",
            example = "jsonb_extract_path('{\"a\": [1, 2]}', 'a', '1')",
            nullable = true,
            mayFail = false)
    public static @Nullable Jsonb extract(Jsonb document, String... path) {
        return JsonbOperators.atPath(document, ArrayValue.owning(DataType.TEXT, path));
    }

    @Sql(
            value = "jsonb_extract_path_text(jsonb, text...) text",
            about = "what is at the end of a path, as text",
            example = "jsonb_extract_path_text('{\"a\": [1, \"b\"]}', 'a', '1')",
            nullable = true,
            mayFail = false)
    public static @Nullable String extractText(Jsonb document, String... path) {
        return JsonbOperators.text(extract(document, path));
    }

    @Sql(
            value = "jsonb_strip_nulls(jsonb) jsonb",
            about = "without members that are null",
            example = "jsonb_strip_nulls('{\"a\": null, \"b\": [1, null]}')",
            mayFail = false)
    public static Jsonb stripNulls(Jsonb document) {
        return stripNulls(document, false);
    }

    @Sql(
            value = "jsonb_strip_nulls(jsonb, bool) jsonb",
            about = "the same, if wanted without elements that are null, too",
            example = "jsonb_strip_nulls('{\"a\": null, \"b\": [1, null]}', true)",
            mayFail = false)
    public static Jsonb stripNulls(Jsonb document, boolean inArrays) {
        return switch (document) {
            case Jsonb.Members(List<Jsonb.Member> members) ->
                new Jsonb.Members(members.stream()
                        .filter(member -> !(member.value() instanceof Jsonb.Null))
                        .map(member -> new Jsonb.Member(member.key(), stripNulls(member.value(), inArrays)))
                        .toList());
            case Jsonb.Array(List<Jsonb> elements) ->
                new Jsonb.Array(elements.stream()
                        .filter(element -> !(inArrays && element instanceof Jsonb.Null))
                        .map(element -> stripNulls(element, inArrays))
                        .toList());
            default -> document;
        };
    }

    @Sql(
            value = "jsonb_pretty(jsonb) text",
            about = "the document with a line for each member and element",
            example = "jsonb_pretty('{\"a\": [1, 2]}')",
            mayFail = false)
    public static String pretty(Jsonb document) {
        StringBuilder text = new StringBuilder();
        pretty(document, "\n", text);
        return text.toString();
    }

    /** @param line the line feed, and the indentation of what the document stands in */
    private static void pretty(Jsonb document, String line, StringBuilder text) {
        String inner = line + INDENTATION;
        switch (document) {
            case Jsonb.Members(List<Jsonb.Member> members) -> {
                String separator = "{";
                for (Jsonb.Member member : members) {
                    text.append(separator)
                            .append(inner)
                            .append(JsonForm.quoted(member.key()))
                            .append(": ");
                    pretty(member.value(), inner, text);
                    separator = ",";
                }
                text.append(members.isEmpty() ? "{" : "").append(line).append('}');
            }
            case Jsonb.Array(List<Jsonb> elements) -> {
                String separator = "[";
                for (Jsonb element : elements) {
                    text.append(separator).append(inner);
                    pretty(element, inner, text);
                    separator = ",";
                }
                text.append(elements.isEmpty() ? "[" : "").append(line).append(']');
            }
            default -> text.append(document);
        }
    }
}
