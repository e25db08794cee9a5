package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What json texts are, how long, and what they are without nulls. */
public final class JsonFunctions {
    private JsonFunctions() {}

    @Sql(
            value = "json_typeof(json) text",
            about = "object, array, string, number, boolean or null",
            example = "json_typeof('[1]')",
            mayFail = false)
    public static String type(String json) {
        return switch (JsonSlices.kind(json)) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "boolean";
            case 'n' -> "null";
            default -> "number";
        };
    }

    @Sql(
            value = "json_array_length(json) int4",
            about = "how many elements an array has",
            example = "json_array_length('[1, [2, 3]]')")
    public static int length(String json) {
        return switch (JsonSlices.kind(json)) {
            case '[' -> JsonSlices.elements(json).size();
            case '{' -> throw DataErrors.of("cannot get array length of a non-array");
            default -> throw DataErrors.of("cannot get array length of a scalar");
        };
    }

    @Sql(
            value = "json_extract_path(json, text...) json",
            about = "what is at the end of a path of keys and numbers",
            example = "json_extract_path('{\"a\": [1, 2]}', 'a', '1')",
            nullable = true)
    public static @Nullable String extract(String json, String... path) {
        return JsonOperators.atPath(json, ArrayValue.owning(DataType.TEXT, path));
    }

    @Sql(
            value = "json_extract_path_text(json, text...) text",
            about = "what is at the end of a path, as text",
            example = "json_extract_path_text('{\"a\": [1, \"b\"]}', 'a', '1')",
            nullable = true)
    public static @Nullable String extractText(String json, String... path) {
        return JsonOperators.text(extract(json, path));
    }

    @Sql(
            value = "json_strip_nulls(json) json",
            about = "without members that are null, and without blanks",
            example = "json_strip_nulls('{\"a\": null, \"b\": [1, null]}')")
    public static String stripNulls(String json) {
        return stripNulls(json, false);
    }

    @Sql(
            value = "json_strip_nulls(json, bool) json",
            about = "the same, if wanted without elements that are null, too",
            example = "json_strip_nulls('{\"a\": null, \"b\": [1, null]}', true)")
    public static String stripNulls(String json, boolean inArrays) {
        return switch (JsonSlices.kind(json)) {
            case '{' ->
                JsonSlices.members(json).stream()
                        .filter(member -> JsonSlices.kind(member.value()) != 'n')
                        .map(member -> JsonForm.quoted(member.key()) + ":" + stripNulls(member.value(), inArrays))
                        .collect(Collectors.joining(",", "{", "}"));
            case '[' -> {
                List<String> elements = JsonSlices.elements(json);
                yield elements.stream()
                        .filter(element -> !inArrays || JsonSlices.kind(element) != 'n')
                        .map(element -> stripNulls(element, inArrays))
                        .collect(Collectors.joining(",", "[", "]"));
            }
            case '"' -> JsonForm.quoted(JsonSlices.string(json));
            default -> json.strip();
        };
    }
}
