package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Jsonb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code json_agg} and its kin as functions of what {@code array_agg} gives, which keeps values in their order: {@code json_agg(x ORDER BY y)} is {@code json_agg(array_agg(x ORDER BY y))} here, and
 * {@code json_object_agg(k, v)} that of texts that are members. Queries call them only so.
 */
public final class JsonAggregates {
    /** A key and a value as a member's text. */
    public static final String MEMBER = "member of json";

    /** A row's columns, names and values by turns, as the text of an object. */
    public static final String ROW = "row of json";

    /** What {@code json_agg} is of such rows, each on a line of its own. */
    public static final String ROWS = "rows of json";

    /** How functions that no query may call are declared, and what they are known by. */
    private static final Map<String, String> HIDDEN = Map.of("json_member", MEMBER, "json_row", ROW, "json_rows", ROWS);

    private static final Map<String, NamedFunction> FUNCTIONS = functions();

    private JsonAggregates() {}

    /** The function that finishes an aggregate, {@link #MEMBER} or {@link #ROW}. */
    public static Optional<NamedFunction> find(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name));
    }

    private static Map<String, NamedFunction> functions() {
        Map<String, NamedFunction> functions = new HashMap<>();
        Stream.of(JsonAggregates.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Sql.class))
                .forEach(method -> {
                    Sql declared = method.getAnnotation(Sql.class);
                    List<Overload> overloads = Signatures.parse(declared.value()[0], "JSON", method, declared);
                    String name = overloads.getFirst().name();
                    String known = HIDDEN.getOrDefault(name, name);
                    functions.put(known, new NamedFunction(known, overloads));
                });
        return functions;
    }

    @Sql(value = "json_agg(anyarray) json", about = "an array of the values", example = "", mayFail = false)
    public static String array(ArrayValue values) {
        return JsonForm.array(values, ", ");
    }

    @Sql(value = "json_rows(anyarray) json", about = "an array of rows", example = "", mayFail = false)
    public static String rows(ArrayValue values) {
        return JsonForm.array(values, ", \n ");
    }

    @Sql(value = "jsonb_agg(anyarray) jsonb", about = "an array of the values", example = "")
    public static Jsonb arrayOfJsonb(ArrayValue values) {
        return JsonForm.jsonb(values);
    }

    @Sql(value = "json_object_agg(text[]) json", about = "an object of the members", example = "", mayFail = false)
    public static String object(ArrayValue members) {
        return joined(members, "{ ", " }");
    }

    @Sql(value = "jsonb_object_agg(text[]) jsonb", about = "an object of the members", example = "")
    public static Jsonb objectOfJsonb(ArrayValue members) {
        return Jsonb.parse(joined(members, "{", "}"));
    }

    private static String joined(ArrayValue members, String prefix, String suffix) {
        return members.values().stream().map(String::valueOf).collect(Collectors.joining(", ", prefix, suffix));
    }

    @Sql(
            value = "json_member(any, any) text",
            about = "a member's text",
            example = "",
            any = AnyAs.JSON_MEMBERS,
            strict = false)
    public static String member(@Nullable String key, @Nullable String value) {
        if (key == null) {
            throw DataErrors.of("null value not allowed for object key");
        }
        return JsonForm.quoted(key) + " : " + (value == null ? "null" : value);
    }

    @Sql(
            value = "json_row(any...) json",
            about = "a row's text",
            example = "",
            any = AnyAs.JSON_MEMBERS,
            strict = false,
            mayFail = false)
    public static String row(@Nullable String... members) {
        return IntStream.range(0, members.length / 2)
                .mapToObj(i -> JsonForm.quoted(Objects.requireNonNull(members[2 * i])) + ":"
                        + (members[2 * i + 1] == null ? "null" : members[2 * i + 1]))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
