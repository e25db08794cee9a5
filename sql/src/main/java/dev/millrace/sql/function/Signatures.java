package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the signatures of {@link Sql}. */
final class Signatures {
    private static final Pattern SIGNATURE =
            Pattern.compile("(\\w+|[^\\w\\s(]+(?:any|all)?)\\((.*)\\) (\\w+(?:\\[])?)");
    private static final String VARIADIC = "...";

    private Signatures() {}

    /** The overload that a signature means; for one of arrays of any type, one for each type. */
    static List<Overload> parse(String signature, String family, Method method, Sql declared) {
        Matcher parts = SIGNATURE.matcher(signature);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a signature: " + signature);
        }
        if (!signature.contains("anyarray")) {
            return List.of(overload(parts, Optional.empty(), signature, family, method, declared));
        }
        return Stream.of(DataType.values())
                .filter(type -> type.array().isPresent())
                // Whose values Postgres cannot compare, as all operators do.
                .filter(type -> type != DataType.JSON || !NamedFunction.isOperator(parts.group(1)))
                .map(element -> overload(parts, Optional.of(element), signature, family, method, declared))
                .toList();
    }

    private static Overload overload(
            Matcher parts, Optional<DataType> element, String signature, String family, Method method, Sql declared) {
        String name = parts.group(1);
        List<Optional<DataType>> parameters = new ArrayList<>();
        boolean variadic = false;
        for (String parameter :
                parts.group(2).isEmpty() ? new String[0] : parts.group(2).split(", ")) {
            variadic = parameter.endsWith(VARIADIC);
            parameters.add(type(parameter.replace(VARIADIC, ""), element));
        }
        return new Overload(
                name,
                parameters,
                variadic,
                type(parts.group(3), element).orElseThrow(),
                MethodFunction.of(name, method, element, declared),
                declared.strict(),
                declared.nullable(),
                declared.any(),
                signature,
                new Overload.Description(family, declared.about(), declared.example()));
    }

    /** A type by its name; none for {@code any}. */
    private static Optional<DataType> type(String name, Optional<DataType> element) {
        return switch (name) {
            case "any" -> Optional.empty();
            case "anyelement" -> Optional.of(element.orElseThrow());
            case "anyarray" -> element.orElseThrow().array();
            default -> {
                String internal = name.endsWith("[]") ? "_" + name.substring(0, name.length() - 2) : name;
                yield Optional.of(Arrays.stream(DataType.values())
                        .filter(type -> type.sqlName().equals(internal))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("not a type: " + name)));
            }
        };
    }
}
