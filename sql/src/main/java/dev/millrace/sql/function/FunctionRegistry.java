package dev.millrace.sql.function;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All functions that a query can name, by their names: Postgres's, and those that a user registered. Immutable. */
public final class FunctionRegistry {
    private static final Map<String, List<Class<?>>> FAMILIES = classesByFamily();

    private static final String LABELS =
            "follows a type's labels, to which more are added without a change of a row; write ARRAY['a', 'b']::status[]";
    private static final String JSONPATH = "takes a jsonpath; write ->, #> and @> instead";
    private static final Map<String, String> REFUSALS = Map.ofEntries(
            Map.entry("@?", JSONPATH),
            Map.entry("@@", JSONPATH),
            Map.entry("jsonb_path_exists", JSONPATH),
            Map.entry("jsonb_path_match", JSONPATH),
            Map.entry("jsonb_path_query", JSONPATH),
            Map.entry("jsonb_path_query_array", JSONPATH),
            Map.entry("jsonb_path_query_first", JSONPATH),
            Map.entry("jsonb_path_exists_tz", JSONPATH),
            Map.entry("jsonb_path_match_tz", JSONPATH),
            Map.entry("jsonb_path_query_tz", JSONPATH),
            Map.entry("jsonb_path_query_array_tz", JSONPATH),
            Map.entry("jsonb_path_query_first_tz", JSONPATH),
            Map.entry(
                    ArrayOperators.SLICE_OF_SLICE,
                    "is of an array of several dimensions; put a slice into parentheses to take a part of it"),
            Map.entry("enum_range", LABELS),
            Map.entry("enum_first", LABELS),
            Map.entry("enum_last", LABELS),
            Map.entry("pg_typeof", "gives a type, and no column is of a type that is one; write its name"),
            Map.entry("random", "gives another number each time"),
            Map.entry("random_normal", "gives another number each time"),
            Map.entry("setseed", "changes what random() gives"),
            Map.entry("gen_random_uuid", "gives another uuid each time"),
            Map.entry("uuidv4", "gives another uuid each time"),
            Map.entry("uuidv7", "gives another uuid each time"),
            Map.entry("clock_timestamp", "gives another time each time"),
            Map.entry("timeofday", "gives another time each time"),
            Map.entry("nextval", "changes a sequence"),
            Map.entry("setval", "changes a sequence"),
            Map.entry("currval", "depends on the session"),
            Map.entry("lastval", "depends on the session"),
            Map.entry("pg_sleep", "only waits"));

    /** Postgres's. */
    public static final FunctionRegistry BUILT_IN = builtIn();

    private final Map<String, NamedFunction> functions;
    /** Why functions of these names cannot stand in a live query. */
    private final Map<String, String> refusals;

    private FunctionRegistry(Map<String, NamedFunction> functions, Map<String, String> refusals) {
        this.functions = functions;
        this.refusals = refusals;
    }

    private static Map<String, List<Class<?>>> classesByFamily() {
        Map<String, List<Class<?>>> families = new LinkedHashMap<>();
        families.put("Text", List.of(TextFunctions.class, TextBuilding.class, TextFormat.class));
        families.put("Binary", List.of(BinaryFunctions.class, Encodings.class));
        families.put(
                "Numbers",
                List.of(
                        NumberFunctions.class,
                        NumericFunctions.class,
                        FloatFunctions.class,
                        Trigonometry.class,
                        NumericPowers.class,
                        BitOperators.class,
                        NumberFormats.class));
        families.put(
                "Dates and times",
                List.of(
                        TimeArithmetic.class,
                        IntervalArithmetic.class,
                        TimeFunctions.class,
                        TimeZones.class,
                        TimeParts.class,
                        IntervalFields.class,
                        IntervalFunctions.class,
                        TimeOverlaps.class,
                        TimeFormats.class,
                        IntervalFormats.class));
        families.put(
                "Regular expressions",
                List.of(
                        RegexOperators.class,
                        RegexFunctions.class,
                        RegexPlaces.class,
                        RegexReplacement.class,
                        SimilarPattern.class));
        families.put("Arrays", List.of(ArrayOperators.class, PatternArrays.class, ArrayFunctions.class));
        families.put(
                "JSON",
                List.of(
                        JsonbOperators.class,
                        JsonOperators.class,
                        JsonBuilding.class,
                        JsonFunctions.class,
                        JsonbFunctions.class,
                        JsonbChange.class));
        return families;
    }

    private static FunctionRegistry builtIn() {
        Map<String, List<Overload>> overloads = new TreeMap<>();
        FAMILIES.forEach((family, classes) -> classes.stream()
                .flatMap(owner -> Stream.of(owner.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Sql.class))
                .sorted(Comparator.comparing(Method::toString))
                .forEach(method -> {
                    Sql declared = method.getAnnotation(Sql.class);
                    for (String signature : declared.value()) {
                        for (Overload overload : Signatures.parse(signature, family, method, declared)) {
                            overloads
                                    .computeIfAbsent(overload.name(), name -> new ArrayList<>())
                                    .add(overload);
                        }
                    }
                }));
        Now.overloads("Dates and times").forEach(overload -> overloads.put(overload.name(), List.of(overload)));
        Map<String, NamedFunction> functions = new TreeMap<>();
        overloads.forEach((name, all) -> functions.put(name, new NamedFunction(name, all)));
        return new FunctionRegistry(functions, REFUSALS);
    }

    /** The function of this name, whatever its case. */
    public Optional<NamedFunction> find(String name) {
        return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Why a function of this name, which there is, cannot stand in a live query; empty if it can, or there is none. */
    public Optional<String> refusal(String name) {
        return Optional.ofNullable(refusals.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * These functions and a user's method.
     *
     * @param deterministic whether it always gives the same for the same arguments; else no live query can have it, since a row that goes takes back what the function gave when it came
     * @throws dev.millrace.error.MillraceException {@code INVALID_FUNCTION} if there is such a function already or the method cannot be called from SQL
     */
    public FunctionRegistry with(String name, Method method, boolean deterministic) {
        String folded = name.toLowerCase(Locale.ROOT);
        Overload added = UserFunction.of(folded, method).overload();
        List<Overload> overloads =
                new ArrayList<>(find(folded).map(NamedFunction::overloads).orElse(List.of()));
        boolean taken = BUILT_IN.find(folded).isPresent()
                || refusals.containsKey(folded)
                || overloads.stream().anyMatch(other -> other.parameters().equals(added.parameters()));
        if (taken) {
            throw new MillraceException(
                    ErrorCode.INVALID_FUNCTION,
                    "there is a function " + folded + " already, with the same parameters or built in");
        }
        if (!deterministic) {
            Map<String, String> more = new TreeMap<>(refusals);
            more.put(
                    folded,
                    "is registered without @Deterministic, so it may give something else when a row goes than when it came");
            return new FunctionRegistry(functions, more);
        }
        overloads.add(added);
        Map<String, NamedFunction> more = new TreeMap<>(functions);
        more.put(folded, new NamedFunction(folded, overloads));
        return new FunctionRegistry(more, refusals);
    }

    /** All functions, by name. */
    public Collection<NamedFunction> functions() {
        return functions.values();
    }

    /** The families of built-in functions, in the order of the documentation. */
    public static List<String> families() {
        return List.copyOf(FAMILIES.keySet());
    }
}
