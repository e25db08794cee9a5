package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Jsonb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON made of values: of one, of an array, of members and elements. */
public final class JsonBuilding {
    private JsonBuilding() {}

    @Sql(
            value = "to_json(any) json",
            about = "a value as JSON: numbers, booleans, arrays and documents as such, all else as a string",
            example = "to_json(timestamp '2024-02-29 12:30')",
            any = AnyAs.JSON,
            mayFail = false)
    public static String toJson(String value) {
        return value;
    }

    @Sql(
            value = "to_jsonb(any) jsonb",
            about = "the same as jsonb",
            example = "to_jsonb(ARRAY[1.50, NULL])",
            any = AnyAs.JSONB,
            mayFail = false)
    public static Jsonb toJsonb(Jsonb value) {
        return value;
    }

    @Sql(
            value = "array_to_json(anyarray) json",
            about = "an array as JSON",
            example = "array_to_json(ARRAY['a', 'b'])",
            mayFail = false)
    public static String arrayToJson(ArrayValue array) {
        return JsonForm.array(array, ",");
    }

    @Sql(
            value = "array_to_json(anyarray, bool) json",
            about = "the same, if wanted with a line for each element",
            example = "array_to_json(ARRAY[1, 2], true)",
            mayFail = false)
    public static String arrayToJson(ArrayValue array, boolean lines) {
        return JsonForm.array(array, lines ? ",\n " : ",");
    }

    @Sql(
            value = {"json_build_array() json", "json_build_array(any...) json"},
            about = "an array of these elements",
            example = "json_build_array(1, 'two', NULL, true)",
            any = AnyAs.JSON,
            strict = false,
            mayFail = false)
    public static String jsonArray(@Nullable String... elements) {
        return Stream.of(elements).map(JsonBuilding::orNull).collect(Collectors.joining(", ", "[", "]"));
    }

    @Sql(
            value = {"jsonb_build_array() jsonb", "jsonb_build_array(any...) jsonb"},
            about = "an array of these elements",
            example = "jsonb_build_array(1, 'two', NULL, true)",
            any = AnyAs.JSONB,
            strict = false,
            mayFail = false)
    public static Jsonb jsonbArray(@Nullable Jsonb... elements) {
        return new Jsonb.Array(Stream.of(elements).map(JsonBuilding::orNull).toList());
    }

    @Sql(
            value = {"json_build_object() json", "json_build_object(any...) json"},
            about = "an object of keys and values, which take turns; a key stands as often as it is given",
            example = "json_build_object('id', 7, 'tags', ARRAY['a', 'b'])",
            any = AnyAs.JSON_MEMBERS,
            strict = false)
    public static String jsonObject(@Nullable String... members) {
        requirePairs(members.length);
        return IntStream.range(0, members.length / 2)
                .mapToObj(i -> JsonForm.quoted(key(members[2 * i])) + " : " + orNull(members[2 * i + 1]))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Sql(
            value = {"jsonb_build_object() jsonb", "jsonb_build_object(any...) jsonb"},
            about =
                    "an object of keys and values, which take turns; of a key that is given twice the last value stands",
            example = "jsonb_build_object('id', 7, 'tags', ARRAY['a', 'b'])",
            any = AnyAs.JSONB_MEMBERS,
            strict = false)
    public static Jsonb jsonbObject(@Nullable Object... members) {
        requirePairs(members.length);
        return Jsonb.Members.of(IntStream.range(0, members.length / 2)
                .mapToObj(i -> new Jsonb.Member(key((String) members[2 * i]), orNull((Jsonb) members[2 * i + 1])))
                .toList());
    }

    private static void requirePairs(int length) {
        if (length % 2 != 0) {
            throw DataErrors.of("argument list must have even number of elements");
        }
    }

    @Sql(
            value = "json_object(text[]) json",
            about = "an object of texts, keys and values by turns",
            example = "json_object('{a,1,b,NULL}')")
    public static String jsonObject(ArrayValue pairs) {
        return texts(pairs).stream()
                .map(member -> JsonForm.quoted(member.key()) + " : " + member.value())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Sql(
            value = "json_object(text[], text[]) json",
            about = "an object of keys and texts",
            example = "json_object('{a,b}', '{1,2}')")
    public static String jsonObject(ArrayValue keys, ArrayValue values) {
        return texts(keys, values).stream()
                .map(member -> JsonForm.quoted(member.key()) + " : " + member.value())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Sql(
            value = "jsonb_object(text[]) jsonb",
            about = "an object of texts, keys and values by turns",
            example = "jsonb_object('{a,1,b,NULL}')")
    public static Jsonb jsonbObject(ArrayValue pairs) {
        return Jsonb.Members.of(texts(pairs));
    }

    @Sql(
            value = "jsonb_object(text[], text[]) jsonb",
            about = "an object of keys and texts",
            example = "jsonb_object('{a,b}', '{1,2}')")
    public static Jsonb jsonbObject(ArrayValue keys, ArrayValue values) {
        return Jsonb.Members.of(texts(keys, values));
    }

    private static List<Jsonb.Member> texts(ArrayValue pairs) {
        List<@Nullable Object> all = pairs.values();
        if (all.size() % 2 != 0) {
            throw DataErrors.of("array must have even number of elements");
        }
        List<Jsonb.Member> members = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 2) {
            members.add(member(all.get(i), all.get(i + 1)));
        }
        return members;
    }

    private static List<Jsonb.Member> texts(ArrayValue keys, ArrayValue values) {
        if (keys.values().size() != values.values().size()) {
            throw DataErrors.of("mismatched array dimensions");
        }
        List<Jsonb.Member> members = new ArrayList<>();
        for (int i = 0; i < keys.values().size(); i++) {
            members.add(member(keys.values().get(i), values.values().get(i)));
        }
        return members;
    }

    private static Jsonb.Member member(@Nullable Object key, @Nullable Object value) {
        return new Jsonb.Member(
                key((String) key), value instanceof String text ? new Jsonb.Text(text) : new Jsonb.Null());
    }

    private static String key(@Nullable String key) {
        if (key == null) {
            throw DataErrors.of("null value not allowed for object key");
        }
        return key;
    }

    private static String orNull(@Nullable String json) {
        return json == null ? "null" : json;
    }

    private static Jsonb orNull(@Nullable Jsonb value) {
        return value == null ? new Jsonb.Null() : value;
    }
}
