package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.compile.CompiledQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an expression over {@code l.v} and {@code r.v} comes to for each pair of rows of two tables: a value, or an error. */
public final class Outcomes {
    private Outcomes() {}

    /** A pair of rows, by their ids. */
    public record Pair(int left, int right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return left != other.left ? Integer.compare(left, other.left) : Integer.compare(right, other.right);
        }
    }

    /** A value (or null), or the error's class: {@code 22} for all errors that data can cause. */
    public record Outcome(@Nullable Object value, @Nullable String error) {
        static final String DATA_EXCEPTION = "22";

        /** Whether nobody could tell them apart. */
        public boolean same(Outcome other) {
            return Objects.equals(error, other.error) && Values.identical(value, other.value);
        }
    }

    /** Where two maps of outcomes differ, as text; empty if they do not. */
    public static List<String> differences(Map<Pair, Outcome> expected, Map<Pair, Outcome> actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((pair, outcome) -> {
            Outcome ours = actual.get(pair);
            if (ours == null || !outcome.same(ours)) {
                differences.add(pair + ": Postgres " + outcome + ", here " + ours);
            }
        });
        return differences;
    }

    /** In Postgres: all pairs at once, or one by one if that fails. */
    public static Map<Pair, Outcome> inPostgres(String expression, DataType type, String left, String right)
            throws SQLException {
        String encoded = Transfer.encode(type, expression);
        try {
            return inPostgres(type, "SELECT l.id, r.id, %s, NULL FROM %s l, %s r".formatted(encoded, left, right));
        } catch (SQLException e) {
            return inPostgres(
                    type,
                    "SELECT * FROM outcomes('%s', '%s', '%s')".formatted(encoded.replace("'", "''"), left, right));
        }
    }

    private static Map<Pair, Outcome> inPostgres(DataType type, String query) throws SQLException {
        Map<Pair, Outcome> outcomes = new TreeMap<>();
        for (List<@Nullable String> row : Oracle.get().texts(query)) {
            Pair pair = new Pair(Integer.parseInt(row.get(0) + ""), Integer.parseInt(row.get(1) + ""));
            String error = row.get(3);
            outcomes.put(
                    pair,
                    new Outcome(
                            error == null ? Transfer.decode(ColumnType.of(type), row.get(2)) : null,
                            errorClass(error)));
        }
        return outcomes;
    }

    /** Here: all pairs at once, or one by one if that fails. The query gives both ids, then the value. */
    public static Map<Pair, Outcome> here(CompiledQuery query, Tables tables, String left, String right) {
        Map<Pair, Outcome> outcomes = new TreeMap<>();
        try {
            for (Row row : tables.run(query)) {
                outcomes.put(pair(row.get(0), row.get(1)), new Outcome(row.get(2), null));
            }
            return outcomes;
        } catch (MillraceException e) {
            for (Row l : tables.rows(left)) {
                for (Row r : tables.rows(right)) {
                    outcomes.put(
                            pair(l.get(0), r.get(0)), one(query, tables, Map.of(left, List.of(l), right, List.of(r))));
                }
            }
            return outcomes;
        }
    }

    private static Outcome one(CompiledQuery query, Tables tables, Map<String, List<Row>> rows) {
        try {
            return new Outcome(tables.runWith(rows, query).getFirst().get(2), null);
        } catch (MillraceException e) {
            return new Outcome(null, Outcome.DATA_EXCEPTION);
        }
    }

    /** That NaN is no integer counts as a missing feature there, that a text would be too long as a limit, and what is wrong in a number's pattern as a syntax error. */
    private static @Nullable String errorClass(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return state.startsWith("0A") || state.startsWith("54") || state.equals("42601")
                ? Outcome.DATA_EXCEPTION
                : state.substring(0, 2);
    }

    private static Pair pair(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Integer l && right instanceof Integer r) {
            return new Pair(l, r);
        }
        throw new IllegalArgumentException("not ids: " + left + ", " + right);
    }
}
