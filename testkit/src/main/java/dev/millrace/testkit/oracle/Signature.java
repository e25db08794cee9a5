package dev.millrace.testkit.oracle;

import dev.millrace.Millrace;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function that Millrace says it has.
 *
 * @param parameters the names of their types; {@code any} and {@code anyarray} stand for others, three dots for any number
 */
record Signature(String name, List<String> parameters) {
    private static final Pattern DECLARED = Pattern.compile("(.+?)\\((.*)\\) [^)]+");

    private static final List<Signature> ALL = all();

    Signature {
        parameters = List.copyOf(parameters);
    }

    /** All, in the order of {@code SHOW FUNCTIONS}. */
    static List<Signature> known() {
        return ALL;
    }

    private static List<Signature> all() {
        try (Millrace millrace = Millrace.inMemory()) {
            return millrace.execute("SHOW FUNCTIONS").rows().orElseThrow().rows().stream()
                    .map(row -> of(String.valueOf(row.get(0))))
                    .toList();
        }
    }

    private static Signature of(String declared) {
        Matcher parts = DECLARED.matcher(declared);
        if (!parts.matches()) {
            throw new IllegalStateException("not a signature: " + declared);
        }
        String list = parts.group(2);
        return new Signature(parts.group(1), list.isEmpty() ? List.of() : Arrays.asList(list.split(", ", -1)));
    }

    boolean isOperator() {
        return !Character.isJavaIdentifierStart(name.charAt(0));
    }
}
