package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is within json texts, as it is written there. Of members of one key it is the last. */
public final class JsonOperators {
    private JsonOperators() {}

    @Sql(
            value = "->(json, text) json",
            about = "an object's member; NULL of all else",
            example = "json '{\"a\": [1]}' -> 'a'",
            nullable = true)
    public static @Nullable String member(String json, String key) {
        String found = null;
        for (JsonSlices.Member member : JsonSlices.members(json)) {
            if (member.key().equals(key)) {
                found = member.value();
            }
        }
        return found;
    }

    @Sql(
            value = "->(json, int4) json",
            about = "an array's element, counted from 0, or from the end if negative",
            example = "json '[1, 2]' -> -1",
            nullable = true)
    public static @Nullable String element(String json, int index) {
        List<String> elements = JsonSlices.elements(json);
        long at = index < 0 ? (long) elements.size() + index : index;
        return at >= 0 && at < elements.size() ? elements.get((int) at) : null;
    }

    @Sql(
            value = "->>(json, text) text",
            about = "an object's member as text",
            example = "json '{\"a\": \"b\"}' ->> 'a'",
            nullable = true)
    public static @Nullable String memberText(String json, String key) {
        return text(member(json, key));
    }

    @Sql(
            value = "->>(json, int4) text",
            about = "an array's element as text",
            example = "json '[\"a\"]' ->> 0",
            nullable = true)
    public static @Nullable String elementText(String json, int index) {
        return text(element(json, index));
    }

    @Sql(
            value = "#>(json, text[]) json",
            about = "what is at the end of a path of keys and numbers",
            example = "json '{\"a\": [1, 2]}' #> '{a,1}'",
            nullable = true)
    public static @Nullable String atPath(String json, ArrayValue path) {
        @Nullable String at = json.strip();
        for (Object step : path.values()) {
            if (at == null || !(step instanceof String key)) {
                return null;
            }
            at = JsonSlices.kind(at) == '[' ? elementNamed(at, key) : member(at, key);
        }
        return at;
    }

    private static @Nullable String elementNamed(String array, String step) {
        Integer number = JsonbOperators.number(step);
        return number == null ? null : element(array, number);
    }

    @Sql(
            value = "#>>(json, text[]) text",
            about = "what is at the end of a path, as text",
            example = "json '{\"a\": [1, \"b\"]}' #>> '{a,1}'",
            nullable = true)
    public static @Nullable String textAtPath(String json, ArrayValue path) {
        return text(atPath(json, path));
    }

    /** A text as it is, null as NULL, all else as it is written. */
    public static @Nullable String text(@Nullable String json) {
        if (json == null || JsonSlices.kind(json) == 'n') {
            return null;
        }
        return JsonSlices.kind(json) == '"' ? JsonSlices.string(json) : json;
    }
}
