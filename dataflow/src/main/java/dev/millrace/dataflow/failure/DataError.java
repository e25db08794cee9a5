package dev.millrace.dataflow.failure;

import dev.millrace.dataflow.plan.ExpressionText;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.MillraceException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Why a query has no result: an expression that has no value for some row.
 *
 * @param message what is wrong, such as {@code division by zero}
 * @param expression the expression that has no value, with the row's values in the place of its columns
 * @param row what it was evaluated for: a row, or a group of rows
 * @param values this row, or the group's values of the grouping columns
 */
public record DataError(String message, String expression, String row, Row values) implements Comparable<DataError> {
    /** A longer text is cut off. */
    private static final int LONGEST = 400;

    private static final Comparator<DataError> ORDER = Comparator.comparing(DataError::message)
            .thenComparing(DataError::row)
            .thenComparing(DataError::expression)
            .thenComparing(DataError::values, Row::compareExactly);

    public DataError {
        expression = cut(expression);
        row = cut(row);
    }

    /** What an expression over a row has thrown. */
    public static DataError ofRow(MillraceException failure, String expression, Row row, List<DataType> types) {
        return new DataError(failure.detail(), expression, "row " + ExpressionText.row(row, types), row);
    }

    /**
     * What an aggregate of a group has thrown.
     *
     * @param key the group's values of the grouping columns
     * @param types of these columns
     */
    public static DataError ofGroup(MillraceException failure, String aggregate, Row key, List<DataType> types) {
        return new DataError(
                failure.detail(),
                aggregate,
                types.isEmpty() ? "all rows" : "group " + ExpressionText.row(key, types),
                types.size() == key.size()
                        ? key
                        : key.project(IntStream.range(0, types.size()).toArray()));
    }

    /** An order that depends on nothing but the errors themselves. */
    @Override
    public int compareTo(DataError other) {
        return ORDER.compare(this, other);
    }

    /** {@code division by zero: divide(1, 0), for row (7, 1, 0)}. */
    @Override
    public String toString() {
        return message + ": " + expression + ", for " + row;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "…";
    }
}
