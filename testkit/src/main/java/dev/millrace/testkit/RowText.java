package dev.millrace.testkit;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A row as people read it: {@code (7, 'Ada', NULL, 1.50)}. */
final class RowText {
    private RowText() {}

    /** @param classes whether each value is followed by its class, where the text alone does not show the difference */
    static String of(@Nullable Object[] row, boolean classes) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        for (Object value : row) {
            String literal = literal(value, classes);
            text.add(classes && value != null ? literal + ":" + value.getClass().getSimpleName() : literal);
        }
        return text.toString();
    }

    private static String literal(@Nullable Object value, boolean classes) {
        return switch (value) {
            case null -> "NULL";
            case String string -> "'" + string + "'";
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            case List<?> array -> "ARRAY" + of(array.toArray(), classes);
            default -> value.toString();
        };
    }

    /** Whether some row of the one list reads like one of the other. */
    static boolean sameText(List<@Nullable Object[]> left, List<@Nullable Object[]> right) {
        Set<String> texts = new HashSet<>();
        left.forEach(row -> texts.add(of(row, false)));
        return right.stream().anyMatch(row -> texts.contains(of(row, false)));
    }
}
