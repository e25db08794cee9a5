package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Jsonb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is within jsonb documents: members and elements by key, number and path, and whether one contains another. */
public final class JsonbOperators {
    private JsonbOperators() {}

    @Sql(
            value = "->(jsonb, text) jsonb",
            about = "an object's member; NULL of all else",
            example = "jsonb '{\"a\": [1]}' -> 'a'",
            nullable = true,
            mayFail = false)
    public static @Nullable Jsonb member(Jsonb document, String key) {
        return document instanceof Jsonb.Members object ? object.get(key) : null;
    }

    @Sql(
            value = "->(jsonb, int4) jsonb",
            about = "an array's element, counted from 0, or from the end if negative",
            example = "jsonb '[1, 2]' -> -1",
            nullable = true,
            mayFail = false)
    public static @Nullable Jsonb element(Jsonb document, int index) {
        if (document instanceof Jsonb.Members) {
            return null;
        }
        // A scalar is an array of one element here, as in Postgres.
        List<Jsonb> elements = elements(document);
        long at = index < 0 ? (long) elements.size() + index : index;
        return at >= 0 && at < elements.size() ? elements.get((int) at) : null;
    }

    @Sql(
            value = "->>(jsonb, text) text",
            about = "an object's member as text",
            example = "jsonb '{\"a\": \"b\"}' ->> 'a'",
            nullable = true,
            mayFail = false)
    public static @Nullable String memberText(Jsonb document, String key) {
        return text(member(document, key));
    }

    @Sql(
            value = "->>(jsonb, int4) text",
            about = "an array's element as text",
            example = "jsonb '[\"a\"]' ->> 0",
            nullable = true,
            mayFail = false)
    public static @Nullable String elementText(Jsonb document, int index) {
        return text(element(document, index));
    }

    @Sql(
            value = "#>(jsonb, text[]) jsonb",
            about = "what is at the end of a path of keys and numbers",
            example = "jsonb '{\"a\": [1, 2]}' #> '{a,1}'",
            nullable = true,
            mayFail = false)
    public static @Nullable Jsonb atPath(Jsonb document, ArrayValue path) {
        @Nullable Jsonb at = document;
        for (Object step : path.values()) {
            if (at == null || !(step instanceof String key)) {
                return null;
            }
            at = at instanceof Jsonb.Array ? elementNamed(at, key) : member(at, key);
        }
        return at;
    }

    private static @Nullable Jsonb elementNamed(Jsonb array, String step) {
        Integer number = number(step);
        return number == null ? null : element(array, number);
    }

    /** The number in a step of a path, as C reads one: there may be blanks before it, but not behind; null if it is none. */
    static @Nullable Integer number(String step) {
        try {
            return Integer.valueOf(step.stripLeading());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Sql(
            value = "#>>(jsonb, text[]) text",
            about = "what is at the end of a path, as text",
            example = "jsonb '{\"a\": [1, \"b\"]}' #>> '{a,1}'",
            nullable = true,
            mayFail = false)
    public static @Nullable String textAtPath(Jsonb document, ArrayValue path) {
        return text(atPath(document, path));
    }

    @Sql(
            value = {"@>(jsonb, jsonb) bool", "jsonb_contains(jsonb, jsonb) bool"},
            about = "whether the first contains the second: all its members, or all its elements, in any order",
            example = "jsonb '{\"a\": 1, \"b\": 2}' @> '{\"a\": 1}'",
            mayFail = false)
    public static boolean contains(Jsonb document, Jsonb part) {
        if (document instanceof Jsonb.Array(List<Jsonb> elements) && isScalar(part)) {
            return elements.contains(part);
        }
        return containsNested(document, part);
    }

    @Sql(
            value = {"<@(jsonb, jsonb) bool", "jsonb_contained(jsonb, jsonb) bool"},
            about = "whether the second contains the first",
            example = "jsonb '{\"a\": 1}' <@ '{\"a\": 1, \"b\": 2}'",
            mayFail = false)
    public static boolean isContained(Jsonb part, Jsonb document) {
        return contains(document, part);
    }

    private static boolean containsNested(Jsonb document, Jsonb part) {
        return switch (part) {
            case Jsonb.Members(List<Jsonb.Member> wanted) ->
                document instanceof Jsonb.Members object
                        && wanted.stream().allMatch(member -> {
                            Jsonb value = object.get(member.key());
                            return value != null && containsNested(value, member.value());
                        });
            case Jsonb.Array(List<Jsonb> wanted) ->
                document instanceof Jsonb.Array(List<Jsonb> elements)
                        && wanted.stream()
                                .allMatch(
                                        value -> elements.stream().anyMatch(element -> containsNested(element, value)));
            case Jsonb.Null ignored -> document.equals(part);
            case Jsonb.Text ignored -> document.equals(part);
            case Jsonb.Numeric ignored -> document.equals(part);
            case Jsonb.Bool ignored -> document.equals(part);
        };
    }

    @Sql(
            value = {"?(jsonb, text) bool", "jsonb_exists(jsonb, text) bool"},
            about = "whether there is such a key in the object, or text in the array",
            example = "jsonb '[\"a\", \"b\"]' ? 'b'",
            mayFail = false)
    public static boolean has(Jsonb document, String key) {
        return switch (document) {
            case Jsonb.Members object -> object.get(key) != null;
            case Jsonb.Array(List<Jsonb> elements) -> elements.contains(new Jsonb.Text(key));
            default -> document.equals(new Jsonb.Text(key));
        };
    }

    @Sql(
            value = {"?|(jsonb, text[]) bool", "jsonb_exists_any(jsonb, text[]) bool"},
            about = "whether there is one of these keys or texts",
            example = "jsonb '{\"a\": 1}' ?| '{a,b}'",
            mayFail = false)
    public static boolean hasAny(Jsonb document, ArrayValue keys) {
        return keys.values().stream().anyMatch(key -> key instanceof String text && has(document, text));
    }

    @Sql(
            value = {"?&(jsonb, text[]) bool", "jsonb_exists_all(jsonb, text[]) bool"},
            about = "whether there are all of these keys or texts",
            example = "jsonb '{\"a\": 1}' ?& '{a,b}'",
            mayFail = false)
    public static boolean hasAll(Jsonb document, ArrayValue keys) {
        return keys.values().stream().allMatch(key -> !(key instanceof String text) || has(document, text));
    }

    @Sql(
            value = {"||(jsonb, jsonb) jsonb", "jsonb_concat(jsonb, jsonb) jsonb"},
            about = "two objects as one, of whose equal keys the second stands; else the elements of both as one array",
            example = "jsonb '{\"a\": 1}' || '{\"b\": 2}'",
            mayFail = false)
    public static Jsonb concatenate(Jsonb left, Jsonb right) {
        if (left instanceof Jsonb.Members(List<Jsonb.Member> first)
                && right instanceof Jsonb.Members(List<Jsonb.Member> second)) {
            List<Jsonb.Member> members = new ArrayList<>(first);
            members.addAll(second);
            return Jsonb.Members.of(members);
        }
        List<Jsonb> elements = new ArrayList<>(elements(left));
        elements.addAll(elements(right));
        return new Jsonb.Array(elements);
    }

    private static List<Jsonb> elements(Jsonb value) {
        return value instanceof Jsonb.Array(List<Jsonb> elements) ? elements : List.of(value);
    }

    @Sql(
            value = "-(jsonb, text) jsonb",
            about = "without the member of this key, or the texts that are equal to it",
            example = "jsonb '{\"a\": 1, \"b\": 2}' - 'a'")
    public static Jsonb without(Jsonb document, String key) {
        return withoutAll(document, Set.of(key));
    }

    @Sql(
            value = "-(jsonb, text[]) jsonb",
            about = "without the members of these keys, or the texts that are equal to one",
            example = "jsonb '{\"a\": 1, \"b\": 2}' - '{a,b}'::text[]")
    public static Jsonb without(Jsonb document, ArrayValue keys) {
        Set<String> removed = new HashSet<>();
        for (Object key : keys.values()) {
            if (key instanceof String text) {
                removed.add(text);
            }
        }
        return withoutAll(document, removed);
    }

    private static Jsonb withoutAll(Jsonb document, Set<String> keys) {
        return switch (document) {
            case Jsonb.Members(List<Jsonb.Member> members) ->
                new Jsonb.Members(members.stream()
                        .filter(member -> !keys.contains(member.key()))
                        .toList());
            case Jsonb.Array(List<Jsonb> elements) ->
                new Jsonb.Array(elements.stream()
                        .filter(element -> !(element instanceof Jsonb.Text(String text) && keys.contains(text)))
                        .toList());
            default -> throw DataErrors.of("cannot delete from scalar");
        };
    }

    @Sql(
            value = "-(jsonb, int4) jsonb",
            about = "an array without the element of this number, counted from 0, or from the end if negative",
            example = "jsonb '[1, 2, 3]' - 1")
    public static Jsonb without(Jsonb document, int index) {
        return switch (document) {
            case Jsonb.Array(List<Jsonb> elements) -> {
                long at = index < 0 ? (long) elements.size() + index : index;
                if (at < 0 || at >= elements.size()) {
                    yield document;
                }
                List<Jsonb> left = new ArrayList<>(elements);
                left.remove((int) at);
                yield new Jsonb.Array(left);
            }
            case Jsonb.Members ignored -> throw DataErrors.of("cannot delete from object using integer index");
            default -> throw DataErrors.of("cannot delete from scalar");
        };
    }

    static boolean isScalar(Jsonb value) {
        return !(value instanceof Jsonb.Array) && !(value instanceof Jsonb.Members);
    }

    /** A text as it is, null as NULL, all else as it is written. */
    public static @Nullable String text(@Nullable Jsonb value) {
        return switch (value) {
            case null -> null;
            case Jsonb.Null ignored -> null;
            case Jsonb.Text(String text) -> text;
            default -> value.toString();
        };
    }
}
