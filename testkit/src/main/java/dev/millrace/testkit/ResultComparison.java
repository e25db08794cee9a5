package dev.millrace.testkit;

import dev.millrace.message.ResultRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether two results are the same. Values must be of one class and equal by SQL's {@code =}, NULL being equal to NULL; floating-point values may
 * differ by a relative 1e-9 (float8) or 1e-5 (float4), since their sums depend on the order of the addends.
 */
public enum ResultComparison {
    /** The same rows equally often, in any order. */
    UNORDERED,
    /** The same rows in the same order. */
    ORDERED;

    private static final double DOUBLE_TOLERANCE = 1e-9;
    private static final double FLOAT_TOLERANCE = 1e-5;
    private static final int SHOWN_ROWS = 10;

    /** The values of these rows. */
    public static List<@Nullable Object[]> values(List<ResultRow> rows) {
        List<@Nullable Object[]> values = new ArrayList<>(rows.size());
        for (ResultRow row : rows) {
            values.add(RowKey.values(row));
        }
        return values;
    }

    /** What is different, for people to read; empty if nothing is. */
    public Optional<String> difference(List<@Nullable Object[]> expected, List<@Nullable Object[]> actual) {
        List<@Nullable Object[]> missing = new ArrayList<>();
        List<@Nullable Object[]> unexpected = new ArrayList<>();
        subtract(expected, actual, missing, unexpected);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            String counts = "expected " + expected.size() + " rows, got " + actual.size() + ": " + missing.size()
                    + " missing, " + unexpected.size() + " unexpected";
            boolean classes = RowText.sameText(missing, unexpected);
            return Optional.of(
                    counts + shown("missing   ", missing, classes) + shown("unexpected", unexpected, classes));
        }
        return this == ORDERED ? firstOutOfOrder(expected, actual) : Optional.empty();
    }

    private static Optional<String> firstOutOfOrder(
            List<@Nullable Object[]> expected, List<@Nullable Object[]> actual) {
        for (int i = 0; i < expected.size(); i++) {
            @Nullable Object[] left = expected.get(i);
            @Nullable Object[] right = actual.get(i);
            if (!exactKey(left).equals(exactKey(right)) || !close(left, right)) {
                return Optional.of("the same rows in another order: row " + (i + 1) + " should be "
                        + RowText.of(left, false) + " but is " + RowText.of(right, false));
            }
        }
        return Optional.empty();
    }

    /** Matches rows: exactly on what is exact, by a hash table, and among those closely on what is not. */
    private static void subtract(
            List<@Nullable Object[]> expected,
            List<@Nullable Object[]> actual,
            List<@Nullable Object[]> missing,
            List<@Nullable Object[]> unexpected) {
        Map<RowKey, List<@Nullable Object[]>> unmatched = new HashMap<>();
        for (@Nullable Object[] row : actual) {
            unmatched.computeIfAbsent(exactKey(row), key -> new ArrayList<>()).add(row);
        }
        for (@Nullable Object[] row : expected) {
            if (!removeClose(unmatched.getOrDefault(exactKey(row), List.of()), row)) {
                missing.add(row);
            }
        }
        unmatched.values().forEach(unexpected::addAll);
    }

    // From the end, so that many equal rows are matched in linear time.
    private static boolean removeClose(List<@Nullable Object[]> candidates, @Nullable Object[] row) {
        for (int i = candidates.size() - 1; i >= 0; i--) {
            if (close(candidates.get(i), row)) {
                candidates.remove(i);
                return true;
            }
        }
        return false;
    }

    /** The row with one stand-in for all floating-point values of a class. */
    private static RowKey exactKey(@Nullable Object[] row) {
        return RowKey.of(exact(row));
    }

    private static @Nullable Object[] exact(@Nullable Object[] values) {
        @Nullable Object[] exact = values.clone();
        for (int i = 0; i < exact.length; i++) {
            if (exact[i] instanceof Double || exact[i] instanceof Float) {
                exact[i] = exact[i].getClass();
            } else if (exact[i] instanceof List<?> array) {
                exact[i] = List.of(RowKey.of(exact(array.toArray())));
            }
        }
        return exact;
    }

    private static boolean close(@Nullable Object[] left, @Nullable Object[] right) {
        for (int i = 0; i < left.length; i++) {
            boolean close = true;
            if (left[i] instanceof Double a && right[i] instanceof Double b) {
                close = close(a, b, DOUBLE_TOLERANCE);
            } else if (left[i] instanceof Float a && right[i] instanceof Float b) {
                close = close(a, b, FLOAT_TOLERANCE);
            } else if (left[i] instanceof List<?> a && right[i] instanceof List<?> b) {
                close = close(a.toArray(), b.toArray());
            }
            if (!close) {
                return false;
            }
        }
        return true;
    }

    private static boolean close(double left, double right, double tolerance) {
        if (left == right || (Double.isNaN(left) && Double.isNaN(right))) {
            return true;
        }
        return Double.isFinite(left)
                && Double.isFinite(right)
                && Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
    }

    private static String shown(String label, List<@Nullable Object[]> rows, boolean classes) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Object[] row : rows.subList(0, Math.min(SHOWN_ROWS, rows.size()))) {
            text.append("\n  ").append(label).append(' ').append(RowText.of(row, classes));
        }
        return rows.size() <= SHOWN_ROWS
                ? text.toString()
                : text.append("\n  …").toString();
    }
}
