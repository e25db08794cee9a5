package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Jsonb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A jsonb document with a change at the end of a path of keys and numbers. Where the path leads nowhere the document is left as it is. */
public final class JsonbChange {
    private enum Kind {
        REPLACE,
        /** Replaces what is there, or puts in what is not. */
        SET,
        INSERT_BEFORE,
        INSERT_AFTER,
        DELETE;

        boolean inserts() {
            return this == SET || this == INSERT_BEFORE || this == INSERT_AFTER;
        }
    }

    private final Kind kind;
    private final List<@Nullable Object> path;
    /** What is put in; of no meaning if something is deleted. */
    private final Jsonb value;

    private JsonbChange(Kind kind, ArrayValue path, Jsonb value) {
        this.kind = kind;
        this.path = path.values();
        this.value = value;
    }

    @Sql(
            value = "jsonb_set(jsonb, text[], jsonb) jsonb",
            about = "with another value at the end of a path; a last key or number that is not there is put in",
            example = "jsonb_set('{\"a\": [1, 2]}', '{a,1}', '\"x\"')")
    public static Jsonb set(Jsonb document, ArrayValue path, Jsonb value) {
        return set(document, path, value, true);
    }

    @Sql(
            value = "jsonb_set(jsonb, text[], jsonb, bool) jsonb",
            about = "the same; if the last argument is false nothing is put in that was not there",
            example = "jsonb_set('{\"a\": 1}', '{b}', '2', false)")
    public static Jsonb set(Jsonb document, ArrayValue path, Jsonb value, boolean creates) {
        requireContainer(document, "set");
        return new JsonbChange(creates ? Kind.SET : Kind.REPLACE, path, value).applyTo(document);
    }

    @Sql(
            value = "jsonb_set_lax(jsonb, text[], jsonb) jsonb",
            about = "jsonb_set, with JSON's null for a value that is NULL",
            example = "jsonb_set_lax('{\"a\": 1}', '{a}', NULL)",
            strict = false,
            nullable = true)
    public static @Nullable Jsonb setLax(@Nullable Jsonb document, @Nullable ArrayValue path, @Nullable Jsonb value) {
        return setLax(document, path, value, true, "use_json_null");
    }

    @Sql(
            value = "jsonb_set_lax(jsonb, text[], jsonb, bool) jsonb",
            about = "the same; if the last argument is false nothing is put in that was not there",
            example = "jsonb_set_lax('{\"a\": 1}', '{b}', NULL, false)",
            strict = false,
            nullable = true)
    public static @Nullable Jsonb setLax(
            @Nullable Jsonb document, @Nullable ArrayValue path, @Nullable Jsonb value, @Nullable Boolean creates) {
        return setLax(document, path, value, creates, "use_json_null");
    }

    @Sql(
            value = "jsonb_set_lax(jsonb, text[], jsonb, bool, text) jsonb",
            about =
                    "the same; of a value that is NULL it makes what the last argument says: use_json_null, delete_key, return_target or raise_exception",
            example = "jsonb_set_lax('{\"a\": 1, \"b\": 2}', '{b}', NULL, true, 'delete_key')",
            strict = false,
            nullable = true)
    public static @Nullable Jsonb setLax(
            @Nullable Jsonb document,
            @Nullable ArrayValue path,
            @Nullable Jsonb value,
            @Nullable Boolean creates,
            @Nullable String nullTreatment) {
        if (document == null || path == null || creates == null) {
            return null;
        }
        if (value != null && nullTreatment != null) {
            return set(document, path, value, creates);
        }
        return switch (nullTreatment) {
            case "use_json_null" -> set(document, path, new Jsonb.Null(), creates);
            case "delete_key" -> delete(document, path);
            case "return_target" -> document;
            case "raise_exception" -> throw DataErrors.of("JSON value must not be null");
            case null, default ->
                throw DataErrors.of(
                        "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"");
        };
    }

    @Sql(
            value = "jsonb_insert(jsonb, text[], jsonb) jsonb",
            about = "with a new member, or a new element before the one at the end of a path",
            example = "jsonb_insert('{\"a\": [1, 2]}', '{a,1}', '\"x\"')")
    public static Jsonb insert(Jsonb document, ArrayValue path, Jsonb value) {
        return insert(document, path, value, false);
    }

    @Sql(
            value = "jsonb_insert(jsonb, text[], jsonb, bool) jsonb",
            about = "the same, if the last argument is true after it",
            example = "jsonb_insert('[1, 2]', '{0}', '\"x\"', true)")
    public static Jsonb insert(Jsonb document, ArrayValue path, Jsonb value, boolean after) {
        requireContainer(document, "set");
        return new JsonbChange(after ? Kind.INSERT_AFTER : Kind.INSERT_BEFORE, path, value).applyTo(document);
    }

    @Sql(
            value = {"#-(jsonb, text[]) jsonb", "jsonb_delete_path(jsonb, text[]) jsonb"},
            about = "without what is at the end of a path",
            example = "jsonb '{\"a\": [1, 2]}' #- '{a,0}'")
    public static Jsonb delete(Jsonb document, ArrayValue path) {
        requireContainer(document, "delete");
        return new JsonbChange(Kind.DELETE, path, document).applyTo(document);
    }

    private static void requireContainer(Jsonb document, String what) {
        if (JsonbOperators.isScalar(document)) {
            throw DataErrors.of("cannot " + what + " path in scalar");
        }
    }

    private Jsonb applyTo(Jsonb document) {
        boolean isEmpty = document.equals(new Jsonb.Array(List.of())) || document.equals(new Jsonb.Members(List.of()));
        boolean unchanged = path.isEmpty() || (isEmpty && (kind == Kind.REPLACE || kind == Kind.DELETE));
        return unchanged ? document : changed(document, 0);
    }

    private Jsonb changed(Jsonb document, int level) {
        if (path.get(level) == null) {
            throw DataErrors.of("path element at position " + (level + 1) + " is null");
        }
        return switch (document) {
            case Jsonb.Members object -> changed(object, level);
            case Jsonb.Array(List<Jsonb> elements) -> changed(elements, level);
            default -> document;
        };
    }

    private Jsonb changed(Jsonb.Members object, int level) {
        String key = String.valueOf(path.get(level));
        @Nullable Jsonb old = object.get(key);
        List<Jsonb.Member> members = new ArrayList<>(object.members());
        if (old == null) {
            if (kind.inserts() && isLast(level)) {
                members.add(new Jsonb.Member(key, value));
            }
        } else if (!isLast(level)) {
            members.add(new Jsonb.Member(key, changed(old, level + 1)));
        } else if (kind == Kind.DELETE) {
            members.removeIf(member -> member.key().equals(key));
        } else if (kind == Kind.INSERT_BEFORE || kind == Kind.INSERT_AFTER) {
            throw DataErrors.of("cannot replace existing key");
        } else {
            members.add(new Jsonb.Member(key, value));
        }
        return Jsonb.Members.of(members);
    }

    private Jsonb changed(List<Jsonb> elements, int level) {
        int wanted = number(level);
        int size = elements.size();
        int index = wanted < 0 ? wanted + size : Math.min(wanted, size);
        List<Jsonb> changed = new ArrayList<>(elements);
        if (index < 0 || index == size) {
            // Before the first, or behind the last: nothing is there.
            if (kind.inserts() && isLast(level)) {
                changed.add(index < 0 ? 0 : size, value);
            }
            return new Jsonb.Array(changed);
        }
        if (!isLast(level)) {
            changed.set(index, changed(elements.get(index), level + 1));
            return new Jsonb.Array(changed);
        }
        switch (kind) {
            case REPLACE, SET -> changed.set(index, value);
            case INSERT_BEFORE -> changed.add(index, value);
            case INSERT_AFTER -> changed.add(index + 1, value);
            case DELETE -> changed.remove(index);
        }
        return new Jsonb.Array(changed);
    }

    private int number(int level) {
        String step = String.valueOf(path.get(level));
        Integer number = JsonbOperators.number(step);
        if (number == null) {
            throw DataErrors.of("path element at position " + (level + 1) + " is not an integer: \"" + step + "\"");
        }
        return number;
    }

    private boolean isLast(int level) {
        return level == path.size() - 1;
    }
}
